import type { Hex } from "viem"
import type { Action, Fact } from "../sim/ledger.ts"
import type { Accounts } from "./accounts.ts"
import type { Extensions } from "./extensions.ts"
import type { Log } from "./settleBlock.ts"

/** What adapters know of the world around an order. */
export interface World {
  /** Agents and protocol accounts; `pool` is the pair. */
  readonly accounts: Accounts
  readonly contracts: Readonly<Record<ContractName, Hex>> & {
    readonly [Name in "staking" | "lender" | "court" | "checks" | "burnPrice"]?: Hex
  }
  /** Whether the network token is the pair's token 0. */
  readonly tokenFirst: boolean
  /** Everybody but the protocol accounts. */
  readonly agents: ReadonlyArray<string>
  /** Whether an account is one of them and not the treasury, which may be among those that provide liquidity. */
  readonly isAgent: (id: string) => boolean
  /** Everybody who ever registered, by registry index, and to ask who did. */
  readonly providers: Array<string>
  readonly registered: Set<string>
  /** Agents that had to do with an order since the world was last read. */
  readonly touched: Set<string>
  /** Everybody who ever added liquidity. */
  readonly liquidityProviders: Array<string>
  /** The optional protocols that the scenario has. */
  readonly extensions: Extensions
}

export type ContractName =
  | "token"
  | "dollar"
  | "pair"
  | "factory"
  | "router"
  | "registry"
  | "market"
  | "oracle"
  | "emissions"
  | "rewards"
  | "burn"
  | "venue"
  | "lens"

/** An order's surroundings: who gave it, and when it will be executed. */
export interface Situation {
  readonly agent: string
  readonly timestampSeconds: number
}

/** How one kind of action is said to a contract, and how the contract's answer is read. */
export interface Adapter<A extends Action> {
  readonly to: ContractName | ((action: A, world: World) => Hex)
  /** Limit, fixed for each kind or a bound by what the world holds (nothing is estimated): more than a run has been seen to use, see the test. */
  readonly gas: number | ((action: A, world: World) => number)
  /** Who sends it, where that is not the ordering agent. */
  readonly sender?: "issuer" | "operator"
  readonly encode: (action: A, world: World, situation: Situation) => Hex
  /** By first topic; a successful action makes at least one of these events. */
  readonly facts: Readonly<Record<Hex, DecodeFact<A>>>
}

export const gasOf = <A extends Action>({ gas }: Adapter<A>, action: A, world: World): number =>
  typeof gas === "number" ? gas : gas(action, world)

/** Undefined where the event says nothing that a fact is made of; several where it stands for a whole list. */
export type DecodeFact<A extends Action = Action> = (
  log: Log,
  world: World,
  agent: string,
  action: A,
) => Fact | ReadonlyArray<Fact> | undefined

/** One adapter for each action of a protocol. */
export type Adapters<A extends Action> = { readonly [Kind in A["kind"]]: Adapter<Extract<A, { readonly kind: Kind }>> }
