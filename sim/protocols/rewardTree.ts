import { BPS, maxBigint, minBigint, mulDiv } from "../units.ts"
import { median } from "./oracle.ts"

/**
 * Work and rewards for any number of providers: claims and observations are signed messages off the chain; once an epoch one transaction brings what a
 * quorum of reporters has signed, the verified work in all and the false claims, and another the root of a tree of all rewards.
 */
export interface View {
  /** Since the start, by the last published tree. */
  readonly earnedWei: ReadonlyMap<string, bigint>
  /** In published trees and not claimed, as the contract counts. */
  readonly unclaimedWei: bigint
}

export const noRewardTree: View = { earnedWei: new Map(), unclaimedWei: 0n }

/** A claim above the median by more than the tolerance. */
export interface Mismatch {
  readonly provider: string
  readonly claimedMillis: bigint
  readonly medianMillis: bigint
}

export type Action =
  /** What the signers agree on about an epoch's work: releases its emission and slashes. */
  | {
      readonly kind: "rewardTree.finalise"
      readonly epoch: number
      readonly verifiedMillis: bigint
      readonly mismatches: ReadonlyArray<Mismatch>
      readonly signers: ReadonlyArray<string>
    }
  /** Rewards of each provider since the start, and what the epoch adds to all of them. */
  | {
      readonly kind: "rewardTree.publish"
      readonly epoch: number
      readonly earnedWei: ReadonlyMap<string, bigint>
      readonly creditedWei: bigint
      readonly signers: ReadonlyArray<string>
    }

export type Fact = { readonly kind: "rewardTree.published"; readonly epoch: number; readonly creditedWei: bigint }

/** What a provider says that it did, and what a reporter says that it saw. */
interface WorkClaim {
  readonly epoch: number
  readonly workMillis: bigint
}
interface Observation {
  readonly epoch: number
  readonly workMillis: ReadonlyMap<string, bigint>
}

/** What follows from the claims and observations of an epoch, for everybody who has them. */
export interface Agreement {
  readonly epoch: number
  /** Who observed, and signs what follows. */
  readonly signers: ReadonlyArray<string>
  readonly verifiedMillis: ReadonlyMap<string, bigint>
  readonly totalMillis: bigint
  readonly mismatches: ReadonlyArray<Mismatch>
}

/** The rule of `WorkOracle`: the lesser of claim and median, or none for a claim above the median by more than the tolerance. */
export const agree = (
  claims: ReadonlyMap<string, WorkClaim>,
  observations: ReadonlyMap<string, Observation>,
  epoch: number,
  toleranceBps: number,
): Agreement => {
  const verifiedMillis = new Map<string, bigint>()
  const mismatches: Array<Mismatch> = []
  let totalMillis = 0n
  const seen = [...observations].filter(([, observation]) => observation.epoch === epoch)
  for (const [provider, claim] of claims) {
    if (claim.epoch !== epoch) continue
    const claimedMillis = claim.workMillis
    const medianMillis = median(seen.map(([, { workMillis }]) => workMillis.get(provider) ?? 0n))
    // The tolerance rounds down, against the provider.
    if (claimedMillis > medianMillis + (medianMillis * BigInt(toleranceBps)) / BPS)
      mismatches.push({ provider, claimedMillis, medianMillis })
    else {
      const millis = minBigint(claimedMillis, medianMillis)
      verifiedMillis.set(provider, millis)
      totalMillis += millis
    }
  }
  return { epoch, signers: seen.map(([id]) => id), verifiedMillis, totalMillis, mismatches }
}

/** Adds an epoch's shares of the pot to what was earned before; each rounds down, and what is left over waits for the next epoch. */
export const addShares = (
  earnedWei: ReadonlyMap<string, bigint>,
  potWei: bigint,
  { verifiedMillis, totalMillis }: Pick<Agreement, "verifiedMillis" | "totalMillis">,
): { readonly earnedWei: ReadonlyMap<string, bigint>; readonly creditedWei: bigint } => {
  const next = new Map(earnedWei)
  let creditedWei = 0n
  for (const [provider, millis] of verifiedMillis) {
    const shareWei = mulDiv(potWei, millis, maxBigint(totalMillis, 1n))
    if (shareWei === 0n) continue
    next.set(provider, (next.get(provider) ?? 0n) + shareWei)
    creditedWei += shareWei
  }
  return { earnedWei: next, creditedWei }
}
