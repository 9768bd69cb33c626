import { Context, type Effect, Schema } from "effect"
import type { Meter } from "./fees/meter.ts"
import * as batches from "./protocols/batches.ts"
import type * as burn from "./protocols/burn.ts"
import * as exploit from "./protocols/exploit.ts"
import * as claims from "./protocols/claims.ts"
import * as disputes from "./protocols/disputes.ts"
import type * as dollar from "./protocols/dollar.ts"
import type * as emissions from "./protocols/emission.ts"
import type { EmissionTerms } from "./protocols/emissions/index.ts"
import * as farm from "./protocols/farm.ts"
import * as kyc from "./protocols/kyc.ts"
import * as graph from "./protocols/graph.ts"
import * as feeds from "./protocols/feeds.ts"
import * as lending from "./protocols/lending.ts"
import * as lock from "./protocols/lock.ts"
import type * as market from "./protocols/market.ts"
import type * as oracle from "./protocols/oracle.ts"
import type * as pool from "./protocols/pool.ts"
import * as pool3 from "./protocols/pool3.ts"
import type * as registry from "./protocols/registry.ts"
import type * as rewards from "./protocols/rewards.ts"
import * as slashing from "./protocols/slashing.ts"
import * as spotChecks from "./protocols/spotChecks.ts"
import * as rewardTree from "./protocols/rewardTree.ts"
import * as staking from "./protocols/staking.ts"
import * as tax from "./protocols/tax.ts"
import type * as token from "./protocols/token.ts"
import * as uptime from "./protocols/uptime.ts"
import * as vault from "./protocols/vault.ts"
import type * as venue from "./protocols/venue.ts"
import * as vesting from "./protocols/vesting.ts"
import { fromWei } from "./units.ts"

/** What an agent can ask the protocols that every scenario has to do. */
export type CoreAction =
  | token.Action
  | dollar.Action
  | pool.Action
  | registry.Action
  | market.Action
  | oracle.Action
  | rewards.Action
  | burn.Action
  | venue.Action

/** What an agent can ask a protocol to do. */
export type Action =
  | CoreAction
  | pool3.Action
  | farm.Action
  | vault.Action
  | vesting.Action
  | staking.Action
  | lock.Action
  | lending.Action
  | claims.Action
  | kyc.Action
  | graph.Action
  | feeds.Action
  | uptime.Action
  | slashing.Action
  | spotChecks.Action
  | batches.Action
  | disputes.Action
  | exploit.Action
  | rewardTree.Action

/** What the protocols that every scenario has say has happened. */
export type CoreFact =
  | token.Fact
  | dollar.Fact
  | pool.Fact
  | registry.Fact
  | market.Fact
  | oracle.Fact
  | emissions.Fact
  | rewards.Fact
  | burn.Fact
  | venue.Fact

/** What a protocol says has happened. */
export type Fact =
  | CoreFact
  | pool3.Fact
  | farm.Fact
  | vault.Fact
  | vesting.Fact
  | staking.Fact
  | lock.Fact
  | lending.Fact
  | claims.Fact
  | kyc.Fact
  | tax.Fact
  | graph.Fact
  | feeds.Fact
  | uptime.Fact
  | slashing.Fact
  | spotChecks.Fact
  | batches.Fact
  | disputes.Fact
  | exploit.Fact
  | rewardTree.Fact

/** One action of one agent in one tick. */
export interface Order {
  readonly agent: string
  readonly action: Action
  /** Bid for a place in the block, in wei a gas unit above the base fee. */
  readonly tipWei: bigint
}

/** The outcome of an order. A revert is data. */
export interface Receipt {
  readonly order: Order
  readonly status: "ok" | "reverted"
  /** The contract's error by name, e.g. `InsufficientStake`, or its reason string; empty when ok. */
  readonly reason: string
  readonly facts: ReadonlyArray<Fact>
  /** Where the genesis asks for it. */
  readonly meter?: Meter
}

/** What one tick's orders came to. */
export interface Settlement {
  readonly receipts: ReadonlyArray<Receipt>
  readonly blockCount: number
  readonly gasUsed: bigint
}

/** Everything that the contracts hold, read at one block. */
export interface LedgerView {
  readonly blockNumber: number
  readonly token: token.View
  readonly dollar: dollar.View
  readonly pool: pool.View
  readonly registry: registry.View
  readonly market: market.View
  readonly oracle: oracle.View
  readonly emissions: emissions.View
  readonly rewards: rewards.View
  readonly burn: burn.View
  readonly venue: venue.View
  readonly pools3: pool3.View
  readonly farms: farm.View
  readonly vault: vault.View
  readonly vesting: vesting.View
  readonly staking: staking.View
  readonly locks: lock.View
  readonly lending: lending.View
  readonly claims: claims.View
  readonly kyc: kyc.View
  readonly tax: tax.View
  readonly graph: graph.View
  readonly feeds: feeds.View
  readonly uptime: uptime.View
  readonly slashing: slashing.View
  readonly spotChecks: spotChecks.View
  readonly batches: batches.View
  readonly disputes: disputes.View
  readonly exploit: exploit.View
  readonly rewardTree: rewardTree.View
}

/** The view of the protocols that a scenario may leave out, where it has left them all out. */
export const noExtensions = {
  pools3: pool3.noPools,
  farms: farm.noFarms,
  vault: vault.noVault,
  vesting: vesting.noVesting,
  staking: staking.noStaking,
  locks: lock.noLocks,
  lending: lending.noLending,
  claims: claims.noClaims,
  kyc: kyc.noKyc,
  tax: tax.noTax,
  graph: graph.noGraph,
  feeds: feeds.noFeeds,
  uptime: uptime.noUptime,
  slashing: slashing.noSlashing,
  spotChecks: spotChecks.noSpotChecks,
  batches: batches.noBatches,
  disputes: disputes.noDisputes,
  exploit: exploit.noExploit,
  rewardTree: rewardTree.noRewardTree,
} satisfies Partial<LedgerView>

/** Which coins of an agent a contract may take: all that any agent needs, what a provider needs, or what a buyer needs. */
export type Spenders = "all" | "provider" | "buyer" | "none"

/** Accounts of every run that are contracts or the outside world. Optional protocols add theirs, named with a dot, as no agent is. */
export const protocolAccounts = [
  "treasury",
  "issuer",
  "operator",
  "pool",
  "registry",
  "market",
  "oracle",
  "emissions",
  "rewards",
  "burn",
  "venue",
] as const

/** What the ledger holds before tick 1. Amounts in smallest units. */
export interface Genesis {
  readonly startSeconds: number
  readonly supplyWei: bigint
  /** First deposits into the pool, in this order, on top of `accounts`; their ratio is the opening price. */
  readonly pool: { readonly deposits: ReadonlyArray<{ readonly agent: string; readonly tokenWei: bigint; readonly dollarMicros: bigint }> }
  readonly registry: { readonly stakeWeiPerGpu: bigint; readonly unbondingSeconds: number }
  readonly market: { readonly feeBps: number; readonly burnBps: number; readonly creditBps: number }
  /** Where jobs are paid in batches. */
  readonly batches?: { readonly windowSeconds: number; readonly noticeSeconds: number }
  /** Where buyers can dispute results. */
  readonly disputes?: ReturnType<typeof disputes.disputeTerms>
  /** Whether the market's contract is the one that can be robbed. */
  readonly isMarketVulnerable?: boolean
  /** Whether rewards are claimed against a tree, on signed reports. */
  readonly hasRewardTree?: boolean
  readonly oracle: {
    readonly reporters: ReadonlyArray<string>
    readonly quorum: number
    readonly toleranceBps: number
    readonly slashBps: number
  }
  readonly emissions: EmissionTerms & { readonly epochSeconds: number }
  readonly burn: burn.Terms
  readonly venue: { readonly inventoryWei: bigint; readonly feeBps: number; readonly priceMicros: bigint }
  /** Each opens at the main pool's price with a full-range position of the treasury. */
  readonly pools3?: ReadonlyArray<{
    readonly id: string
    readonly feePips: number
    readonly tokenWei: bigint
    readonly dollarMicros: bigint
    readonly twapSeconds: number
    /** Of Uniswap v4, with a fee that a hook sets. */
    readonly hook?: { readonly feePipsMax: number; readonly milliPipsPerTick: number; readonly keepPpm: number }
  }>
  /** Whether receipts say what each transaction took. */
  readonly isMetered?: boolean
  /** Blocks that every tick has at least, where something on the chain counts blocks. */
  readonly blocksPerTick?: number
  readonly farms?: ReadonlyArray<{
    readonly id: string
    readonly kind: farm.Farm["kind"]
    readonly rewardWei: bigint
    readonly startSeconds: number
    readonly endSeconds: number
    readonly blocksPerDay: number
  }>
  /** Has a strategy for each farm. */
  readonly vault?: {
    readonly hasVirtualShares: boolean
    readonly decimalsOffset: number
    readonly profitUnlockSeconds: number
    readonly performanceFeeBps: number
    readonly strategists: ReadonlyArray<string>
  }
  /** Dollar claims on new tokens, and who holds some before tick 1. */
  readonly claims?: ReturnType<typeof claims.claimTerms> & {
    readonly holdings: ReadonlyArray<{ readonly agent: string; readonly claimMicros: bigint }>
  }
  /** A permissioned twin of the token; `users` may ask to be verified, by `officer`. */
  readonly kyc?: ReturnType<typeof kyc.kycTerms> & { readonly officer: string; readonly users: ReadonlyArray<string> }
  readonly lending?: {
    readonly capitalMicros: bigint
    readonly interestBpsPerYear: number
    readonly termDays: number
    readonly missedDaysMax: number
  }
  readonly graph?: ReturnType<typeof graph.graphTerms>
  readonly feeds?: ReadonlyArray<feeds.Terms>
  readonly uptime?: ReturnType<typeof uptime.uptimeTerms>
  /** A court between those who slash and the stakes. */
  readonly slashing?: ReturnType<typeof slashing.courtTerms>
  /** Needs a court. */
  readonly spotChecks?: ReturnType<typeof spotChecks.spotCheckTerms>
  readonly staking?: { readonly emissionBps: number; readonly feeBps: number; readonly unbondingSeconds: number }
  /** One for each beneficiary of each schedule, filled from the treasury. */
  readonly vesting?: ReadonlyArray<{
    readonly schedule: string
    readonly agent: string
    readonly tokenWei: bigint
    readonly startSeconds: number
    readonly durationSeconds: number
    readonly cliffSeconds: number
  }>
  /**
   * Every agent, with what it is given from the treasury's tokens and from the issuer's dollars. `spenders`: the contracts that it lets take its
   * coins; all, unless a world has too many agents for that.
   */
  readonly accounts: ReadonlyArray<{
    readonly id: string
    readonly tokenWei: bigint
    readonly dollarMicros: bigint
    readonly spenders?: Spenders
  }>
}

/** The ledger cannot be reached, or its answer is unknown; the run is discarded and replayed from its start. */
export class LedgerUnavailable extends Schema.TaggedError<LedgerUnavailable>()("LedgerUnavailable", {
  message: Schema.String,
}) {}

/** The ledger did something else than it was told; a defect, never retried. */
export class LedgerDiverged extends Schema.TaggedError<LedgerDiverged>()("LedgerDiverged", {
  message: Schema.String,
}) {}

export type LedgerError = LedgerUnavailable | LedgerDiverged

/** Where balances live. Nothing outside `chain/` knows which ledger runs. */
export class Ledger extends Context.Service<
  Ledger,
  {
    /** Reads the whole state in one batch. */
    readonly observe: Effect.Effect<LedgerView, LedgerError>
    /** Executes orders in exactly the given sequence at the given time; receipts come in the same sequence. */
    readonly settle: (orders: ReadonlyArray<Order>, timestampSeconds: number) => Effect.Effect<Settlement, LedgerError>
    /** Fingerprint of the final state (a state root on a chain). */
    readonly stateDigest: Effect.Effect<string, LedgerError>
  }
>()("depinlab/Ledger") {}

/** Tokens that can be sold: all but stakes and locks, the treasury, rewards not yet claimed and what has not vested. The outside market holds other people's. */
export const circulatingTokens = ({ token, farms, vesting: wallets }: LedgerView): number =>
  fromWei(
    [
      "registry",
      "treasury",
      "rewards",
      "burn",
      staking.stakingAccount,
      ...Object.values(graph.graphAccounts),
      uptime.uptimeAccount,
      slashing.courtAccount,
      ...[...farms.values()].map(({ purse }) => purse),
    ].reduce((rest, account) => rest - (token.balanceWei.get(account) ?? 0n), token.supplyWei),
  ) - vesting.unvestedTokens(wallets, token.balanceWei)
