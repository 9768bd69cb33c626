import { Schema } from "effect"
import { count, quantity } from "../quantity.ts"
import { SECONDS_PER_DAY } from "../units.ts"

/**
 * Holders stake tokens for a share of every epoch's emission, in tokens, and of the treasury's part of the fees, in dollars. An emission model
 * that looks at the bonded share sees these stakes beside the providers'.
 */
export const Params = Schema.Struct({
  emissionBps: count("Share of each epoch's emission that the stakers get; the providers get the rest", {
    unit: "basis points",
    min: 0,
    max: 10_000,
  }),
  feeBps: count("Share of the treasury's part of the fees that the stakers get", { unit: "basis points", min: 0, max: 10_000 }),
  unbondingDays: quantity("Time from the request until a stake is free", { unit: "days", min: 0, max: 365 }),
})

/** What the contract is made with. */
export const stakingTerms = ({ emissionBps, feeBps, unbondingDays }: typeof Params.Type) => ({
  emissionBps,
  feeBps,
  unbondingSeconds: Math.round(unbondingDays * SECONDS_PER_DAY),
})

export interface Staker {
  readonly stakedWei: bigint
  readonly unbondingWei: bigint
  /** Unix seconds from which the unbonding stake can be withdrawn. */
  readonly unbondsAtSeconds: number
  readonly earnedWei: bigint
  readonly earnedMicros: bigint
}

export interface View {
  readonly stakedWei: bigint
  readonly unbondingWei: bigint
  /** Earned by all, and not yet claimed; what no division gives out included. */
  readonly owedWei: bigint
  readonly owedMicros: bigint
  /** What one token of stake has earned since the beginning. */
  readonly tokensPerStake: number
  readonly usdPerStake: number
  /** Everybody who ever staked. */
  readonly stakers: ReadonlyMap<string, Staker>
}

export const noStaking: View = {
  stakedWei: 0n,
  unbondingWei: 0n,
  owedWei: 0n,
  owedMicros: 0n,
  tokensPerStake: 0,
  usdPerStake: 0,
  stakers: new Map(),
}

/** The account that holds the stakes and what they have earned. */
export const stakingAccount = "staking.stakes"

export type Action =
  | { readonly kind: "staking.stake"; readonly amountWei: bigint }
  | { readonly kind: "staking.requestUnstake"; readonly amountWei: bigint }
  | { readonly kind: "staking.withdraw" }
  | { readonly kind: "staking.claim" }
  /** Shares out the fees that have come in; anybody may ask for it. */
  | { readonly kind: "staking.distribute" }

export type Fact =
  | { readonly kind: "staking.staked"; readonly agent: string; readonly amountWei: bigint }
  | {
      readonly kind: "staking.unstakeRequested"
      readonly agent: string
      readonly amountWei: bigint
      readonly unbondsAtSeconds: number
    }
  | { readonly kind: "staking.withdrawn"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "staking.claimed"; readonly agent: string; readonly amountWei: bigint; readonly amountMicros: bigint }
  /** The stakers' share of an epoch's emission. */
  | { readonly kind: "staking.funded"; readonly amountWei: bigint }
  /** The stakers' share of a tax. */
  | { readonly kind: "staking.given"; readonly amountWei: bigint }
  | { readonly kind: "staking.distributed"; readonly stakersMicros: bigint; readonly treasuryMicros: bigint }
