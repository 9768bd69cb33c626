import type { Schema } from "effect"
import type { Sighting } from "./feeds/sighting.ts"
import type { Action } from "./ledger.ts"
import type { JobRequest } from "./jobs/job.ts"
import type { SitePlan } from "./jobs/site.ts"
import type { Machines } from "./proofs/board.ts"
import type { Deed } from "./proofs/deed.ts"
import type { Resolved } from "./quantity.ts"
import type { Rng } from "./rng.ts"
import type { Scenario } from "./scenario.ts"
import type { World } from "./world.ts"

/** One agent's turn: its own parameters and memory, the world that all see, and its own random streams by purpose. */
export interface Turn<Params, Memory> {
  readonly self: string
  readonly params: Params
  readonly memory: Memory
  readonly world: World
  readonly rng: (purpose: string) => Rng
}

/** The bid of an agent that does not care. */
export const usualTipWei = 1_000_000_000n

/** What an agent wants to happen in this tick. */
export interface Decision<Memory> {
  readonly memory: Memory
  readonly actions: ReadonlyArray<Action>
  /** Bid for an early place in the tick; `usualTipWei` when left out. */
  readonly tipWei?: bigint
  /** A second batch with a bid of its own, for what is to happen after others have acted. */
  readonly closing?: { readonly actions: ReadonlyArray<Action>; readonly tipWei: bigint }
  readonly plan?: SitePlan
  readonly requests?: ReadonlyArray<JobRequest>
  /** Slots of jobs handed over in the last tick that a buyer disputes instead of accepting them. */
  readonly disputed?: ReadonlyArray<number>
  /** What a provider says of its machines and how they are, and what it really does in this epoch; left out where it is honest for ever. */
  readonly machines?: Machines
  readonly deed?: Deed
  /** The smallest payment that it makes while a job runs, where the market has such. */
  readonly payoutMinMicros?: bigint
  /** What a node of a feed tells its committee. */
  readonly sightings?: ReadonlyArray<Sighting>
}

/** What an agent owns before tick 1. `poolWeight` is its share of the opening liquidity, `claimsUsd` its dollar claims. */
export interface Endowment {
  readonly tokens: number
  readonly usd: number
  readonly poolWeight?: number
  readonly claimsUsd?: number
  /** Whether it may ask to be verified for the gated venue. */
  readonly mayBeVerified?: boolean
}

type Fields = Schema.Struct.Fields
export type Params<F extends Fields> = Resolved<Schema.Struct<F>["Type"]>

/** A kind of agent: pure functions over its parameters. The role says which desk of the market it works at. */
export interface AgentKind<F extends Fields = Fields, Memory = unknown> {
  readonly role: "provider" | "buyer" | "oracle" | "liquidity" | "trader" | "keeper" | "feed" | "adversary"
  /**
   * When in a tick it decides. Most look at the last block; an agent of a wave sees in `world.pending` what all before its wave, and those
   * before it in its wave, ask for: those who trade on the state of the moment come first, and those who live from what they ask for last.
   */
  readonly wave?: 1 | 2
  readonly fields: F
  readonly endow: (params: Params<F>, rules: Scenario["protocols"], rng: (purpose: string) => Rng) => Endowment
  readonly begin: (params: Params<F>, rules: Scenario["protocols"], rng: (purpose: string) => Rng) => Memory
  readonly decide: (turn: Turn<Params<F>, Memory>) => Decision<Memory>
}

/** Ties the types of one kind together; the registry forgets them again. */
export const agentKind = <const F extends Fields, Memory>(kind: AgentKind<F, Memory>): AgentKind<F, Memory> => kind

export type AnyAgentKind = AgentKind<any, any>
