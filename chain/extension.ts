import type { Hex } from "viem"
import type { Genesis, LedgerView } from "../sim/ledger.ts"
import type { Fact } from "../sim/ledger.ts"
import type { World } from "./adapter.ts"
import type { Log, Transaction } from "./settleBlock.ts"

/** What an optional protocol finds when it is set up: the core contracts, everybody's address, and the operator's hands. */
export interface Site {
  readonly genesis: Genesis
  readonly contracts: World["contracts"]
  readonly tokenFirst: boolean
  /** Everybody but the protocol accounts. */
  readonly agents: ReadonlyArray<string>
  readonly timestampSeconds: number
  /** Accounts of the optional protocols that were set up before. */
  readonly accounts: ReadonlyMap<string, Hex>
  /** The operator makes contracts, one for each creation code, and tells where they are. */
  readonly deploy: (creations: ReadonlyArray<Hex>) => Promise<ReadonlyArray<Hex>>
  /** Executes transactions, all of which must succeed; their logs in order. */
  readonly send: (transactions: ReadonlyArray<Transaction>) => Promise<ReadonlyArray<Log>>
}

export interface Read {
  readonly to: Hex
  readonly data: Hex
}

/** An optional protocol that a scenario asked for, as it stands on the chain. */
export interface Extension<Part extends Partial<LedgerView> = Partial<LedgerView>> {
  /** Its contracts that hold money, by the names under which the view lists their balances. */
  readonly accounts: ReadonlyMap<string, Hex>
  /** Those of its accounts that can hold shares of the main pool. */
  readonly poolShareHolders?: ReadonlyArray<string>
  /** What to ask the chain after each tick, in the same batch as everything else. */
  readonly reads: (world: World) => ReadonlyArray<Read>
  /** Its part of the view, from the answers in the order of the questions. */
  readonly view: (answers: ReadonlyArray<string>, world: World) => Part
  /** Told every fact, for those that keep a list of who takes part. */
  readonly note?: (fact: Fact) => void
}

/** The optional protocols of a world, in the order in which they were set up. */
export const extensionsOf = ({ extensions }: Pick<World, "extensions">): ReadonlyArray<Extension> =>
  Object.values<Extension | undefined>(extensions).filter((extension) => extension !== undefined)
