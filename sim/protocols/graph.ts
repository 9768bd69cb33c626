import { Schema } from "effect"
import { type Calendar } from "../clock.ts"
import { Id } from "../id.ts"
import { count, or, quantity } from "../quantity.ts"
import { toWei } from "../units.ts"

/**
 * The Graph's staking protocol as published (@graphprotocol/contracts 7.2.1, before Horizon): indexers stake, delegators lend them stake for a
 * part of the rewards, allocations of both to subgraphs are rewarded when they are closed with a proof, and a disputed proof is slashed.
 * Epochs and thawing count blocks. The defaults are those of the network on Ethereum (graphprotocol/contracts, config/graph.mainnet.yml).
 */
export const Params = Schema.Struct({
  subgraphs: Schema.Array(
    Schema.Struct({
      id: Id,
      signalTokens: quantity("Curation signal that the treasury puts on it; rewards are shared by signal", {
        unit: "tokens",
        min: 1,
        max: 1e9,
      }),
    }),
  ).check(Schema.isNonEmpty()),
  issuanceTokensPerDay: quantity("New tokens for allocations", { unit: "tokens per day", min: 0, max: 1e9 }),
  stakeTokensMin: quantity("Smallest own stake of an indexer", { unit: "tokens", min: 1e-6, max: 1e9 }).pipe(or(100_000)),
  delegationRatio: count("Delegated tokens that count for each token of own stake, at most", { unit: "times", min: 0, max: 1000 }).pipe(
    or(16),
  ),
  delegationTaxShare: quantity("Burned of every delegation", { unit: "share", min: 0, max: 1 }).pipe(or(0.005)),
  epochDays: quantity("Length of an epoch, in blocks of that many days", { unit: "days", min: 0.04, max: 90 }).pipe(or(1)),
  thawingDays: quantity("Time until unstaked tokens can be withdrawn, in blocks of that many days", {
    unit: "days",
    min: 0.04,
    max: 365,
  }).pipe(or(28)),
  undelegationEpochs: count("Time until undelegated tokens can be withdrawn", { unit: "epochs", min: 1, max: 365 }).pipe(or(28)),
  allocationEpochsMax: count("Age of an allocation from which anybody may close it, without a reward", {
    unit: "epochs",
    min: 1,
    max: 365,
  }).pipe(or(28)),
  slashShare: quantity("Part of the indexer's own stake that a false proof costs", { unit: "share", min: 0, max: 1 }).pipe(or(0.025)),
  fishermanShare: quantity("Part of a slash that the fisherman gets; the rest is burned", { unit: "share", min: 0, max: 1 }).pipe(or(0.5)),
  disputeDepositTokens: quantity("Deposit of a dispute, burned when it is rejected", { unit: "tokens", min: 1e-6, max: 1e9 }).pipe(
    or(10_000),
  ),
  blocksPerTick: count("Blocks that every tick has at least, because epochs count blocks", { unit: "blocks", min: 1, max: 20 }).pipe(or(4)),
})
export type Params = typeof Params.Type

const PPM = 1_000_000
const toPpm = (share: number): number => Math.round(share * PPM)

/** What the contracts are made with. */
export const graphTerms = (params: Params, { ticksPerDay }: Calendar, arbitrator: string) => {
  const blocks = (days: number) => Math.max(1, Math.round(days * ticksPerDay * params.blocksPerTick))
  return {
    arbitrator,
    subgraphs: params.subgraphs.map(({ id, signalTokens }) => ({ id, signalWei: toWei(signalTokens) })),
    issuanceWeiPerBlock: toWei(params.issuanceTokensPerDay / blocks(1)),
    stakeWeiMin: toWei(params.stakeTokensMin),
    delegationRatio: params.delegationRatio,
    delegationTaxPpm: toPpm(params.delegationTaxShare),
    epochBlocks: blocks(params.epochDays),
    thawingBlocks: blocks(params.thawingDays),
    undelegationEpochs: params.undelegationEpochs,
    allocationEpochsMax: params.allocationEpochsMax,
    slashPpm: toPpm(params.slashShare),
    fishermanPpm: toPpm(params.fishermanShare),
    depositWei: toWei(params.disputeDepositTokens),
  }
}

export interface Indexer {
  readonly stakedWei: bigint
  readonly allocatedWei: bigint
  /** Part of the stake that is on its way out, and the block from which it can be withdrawn. */
  readonly thawingWei: bigint
  readonly thawedAtBlock: number
  /** Part of all its rewards, those of delegated tokens and those of its own, that it keeps. */
  readonly cutPpm: number
  readonly delegatedWei: bigint
  readonly delegatedShares: bigint
  /** How often it was slashed, and how much in all. */
  readonly slashes: number
  readonly slashedWei: bigint
}

export interface Delegation {
  readonly shares: bigint
  readonly thawingWei: bigint
  readonly thawedAtEpoch: number
}

export interface Allocation {
  readonly indexer: string
  readonly subgraph: string
  readonly amountWei: bigint
  readonly epoch: number
}

/** An allocation that was closed, with the proof that everybody can read in the log. */
export interface Closing {
  /** Counts all closings from 0. */
  readonly number: number
  readonly allocation: string
  readonly indexer: string
  readonly subgraph: string
  readonly epoch: number
  readonly proof: bigint
}

export interface Dispute {
  readonly allocation: string
  readonly indexer: string
  readonly fisherman: string
  readonly depositWei: bigint
  readonly status: "pending" | "accepted" | "rejected" | "drawn"
  /** What the closing said; undefined where it was closed long ago or is open. */
  readonly closing: Closing | undefined
}

export interface View {
  readonly epoch: number
  readonly subgraphs: ReadonlyMap<string, { readonly signalWei: bigint; readonly allocatedWei: bigint }>
  /** Everybody who ever staked. */
  readonly indexers: ReadonlyMap<string, Indexer>
  /** By delegator, then by indexer. */
  readonly delegations: ReadonlyMap<string, ReadonlyMap<string, Delegation>>
  /** The open ones. */
  readonly allocations: ReadonlyMap<string, Allocation>
  /** Those of this epoch and the one before, in their order. */
  readonly closings: ReadonlyArray<Closing>
  readonly disputes: ReadonlyMap<string, Dispute>
}

export const noGraph: View = {
  epoch: 0,
  subgraphs: new Map(),
  indexers: new Map(),
  delegations: new Map(),
  allocations: new Map(),
  closings: [],
  disputes: new Map(),
}

/** The contracts that hold tokens: stakes and delegations, signal, deposits of disputes. */
export const graphAccounts = { staking: "graph.staking", curation: "graph.curation", disputes: "graph.disputes" } as const

/** What a delegation can be taken out for, rounded down as the contract does. */
export const worthWei = ({ shares }: Delegation, { delegatedWei, delegatedShares }: Indexer): bigint =>
  delegatedShares === 0n ? 0n : (shares * delegatedWei) / delegatedShares

/** All that an account has in the staking contract, as indexer and as delegator, and in disputes that are not decided. */
export const graphWei = (id: string, { indexers, delegations, disputes }: View): bigint => {
  const delegated = [...(delegations.get(id) ?? [])].reduce(
    (sum, [indexer, delegation]) => sum + worthWei(delegation, indexers.get(indexer)!) + delegation.thawingWei,
    indexers.get(id)?.stakedWei ?? 0n,
  )
  return [...disputes.values()].reduce(
    (sum, { fisherman, status, depositWei }) => sum + (fisherman === id && status === "pending" ? depositWei : 0n),
    delegated,
  )
}

/** An indexer numbers its allocations; the address that the contract knows follows from this name. */
export const allocationName = (indexer: string, number: number): string => `${indexer}/${number}`

/**
 * What whoever has done the work of an allocation knows, and nobody else: a stand-in for the hash of an index. In production it is over the
 * block with which the closing's epoch begins; here it is over the allocation, because an order may be executed in the epoch after. FNV-1a.
 */
export const proofOf = (subgraph: string, allocation: string): bigint => {
  let hash = 0xcbf29ce484222325n
  for (const character of `${subgraph} ${allocation}`)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0)!)) * 0x100000001b3n)
  // The contract pays no reward for a proof of 0.
  return hash | 1n
}

export type Action =
  | { readonly kind: "graph.stake"; readonly amountWei: bigint }
  | { readonly kind: "graph.unstake"; readonly amountWei: bigint }
  | { readonly kind: "graph.withdraw" }
  /** From now on rewards go to the indexer's wallet, and no longer into its stake. */
  | { readonly kind: "graph.payOut" }
  | { readonly kind: "graph.setCut"; readonly cutPpm: number }
  | { readonly kind: "graph.allocate"; readonly allocation: string; readonly subgraph: string; readonly amountWei: bigint }
  | { readonly kind: "graph.close"; readonly allocation: string; readonly proof: bigint }
  | { readonly kind: "graph.delegate"; readonly indexer: string; readonly amountWei: bigint }
  | { readonly kind: "graph.undelegate"; readonly indexer: string; readonly shares: bigint }
  | { readonly kind: "graph.withdrawDelegated"; readonly indexer: string }
  | { readonly kind: "graph.dispute"; readonly allocation: string; readonly depositWei: bigint }
  | { readonly kind: "graph.accept" | "graph.reject" | "graph.draw"; readonly allocation: string }

interface Ruling {
  readonly allocation: string
  readonly indexer: string
  readonly fisherman: string
}

export type Fact =
  | { readonly kind: "graph.staked"; readonly agent: string; readonly amountWei: bigint }
  /** All that thaws now, with what was thawing before. */
  | { readonly kind: "graph.unstaked"; readonly agent: string; readonly thawingWei: bigint; readonly thawedAtBlock: number }
  | { readonly kind: "graph.withdrawn"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "graph.payOutSet"; readonly agent: string }
  | { readonly kind: "graph.cutSet"; readonly agent: string; readonly cutPpm: number }
  | {
      readonly kind: "graph.delegated"
      readonly agent: string
      readonly indexer: string
      readonly amountWei: bigint
      readonly shares: bigint
      /** Burned, on top of the amount. */
      readonly taxWei: bigint
    }
  | {
      readonly kind: "graph.undelegated"
      readonly agent: string
      readonly indexer: string
      readonly amountWei: bigint
      readonly shares: bigint
      readonly thawedAtEpoch: number
    }
  | { readonly kind: "graph.delegationWithdrawn"; readonly agent: string; readonly indexer: string; readonly amountWei: bigint }
  | ({ readonly kind: "graph.allocated"; readonly allocation: string } & Allocation)
  | {
      readonly kind: "graph.closed"
      readonly allocation: string
      readonly indexer: string
      readonly subgraph: string
      readonly amountWei: bigint
      readonly epoch: number
      readonly proof: bigint
    }
  /** Minted for an allocation, for its indexer and its delegators together. */
  | { readonly kind: "graph.rewarded"; readonly indexer: string; readonly allocation: string; readonly amountWei: bigint }
  /** The indexer's part, when it is paid out. */
  | { readonly kind: "graph.paidOut"; readonly indexer: string; readonly amountWei: bigint }
  | {
      readonly kind: "graph.slashed"
      readonly indexer: string
      readonly fisherman: string
      /** All that it lost: the fisherman's reward, and what was burned. */
      readonly amountWei: bigint
      readonly rewardWei: bigint
    }
  | {
      readonly kind: "graph.disputed"
      readonly agent: string
      readonly indexer: string
      readonly allocation: string
      readonly depositWei: bigint
    }
  /** The fisherman has the deposit back, and its part of the slash. */
  | ({ readonly kind: "graph.accepted"; readonly paidWei: bigint } & Ruling)
  /** The deposit is burned. */
  | ({ readonly kind: "graph.rejected"; readonly burnedWei: bigint } & Ruling)
  | ({ readonly kind: "graph.drawn"; readonly returnedWei: bigint } & Ruling)
