import { Effect, Layer } from "effect"
import type { Hex } from "viem"
import {
  type Action,
  type Genesis,
  Ledger,
  LedgerDiverged,
  type LedgerError,
  LedgerUnavailable,
  type LedgerView,
  type Order,
  type Receipt,
  type Settlement,
} from "../sim/ledger.ts"
import { type Adapter, gasOf, type World } from "./adapter.ts"
import { adapters } from "./adapters.ts"
import { anvil, rootlessAnvil } from "./anvil.ts"
import { extensionsOf } from "./extension.ts"
import { genesisSeconds, makeWorld } from "./genesis.ts"
import { worldReader } from "./readWorld.ts"
import { type Rpc, rpc } from "./rpc.ts"
import { batch, type BlockPlan, type Chain, cutBlocks, openChain, type Outcome, results, type Transaction } from "./settleBlock.ts"

/** Worlds of more agents than this run on a chain without state roots. */
const rootedAccountsMax = 1_000

/** The real contracts on an Anvil of their own, for as long as the layer lives. */
export const chainLedger = (genesis: Genesis): Layer.Layer<Ledger, LedgerError> =>
  Layer.effect(
    Ledger,
    Effect.gen(function* () {
      const isLarge = genesis.accounts.length > rootedAccountsMax
      const { port } = yield* (isLarge ? rootlessAnvil : anvil)(genesisSeconds(genesis))
      const client = yield* rpc(port)
      const { observe, settle, stateDigest } = yield* attempt(() => openLedger(client, genesis))
      return {
        observe: attempt(observe),
        settle: (orders, timestampSeconds) => attempt(() => settle(orders, timestampSeconds)),
        stateDigest: attempt(stateDigest),
      }
    }),
  )

/** The ledger without its Effect coat, over a fresh Anvil. */
export interface OpenLedger {
  readonly observe: () => Promise<LedgerView>
  readonly settle: (orders: ReadonlyArray<Order>, timestampSeconds: number) => Promise<Settlement>
  readonly stateDigest: () => Promise<string>
  readonly world: World
}

export const openLedger = async (client: Rpc, genesis: Genesis): Promise<OpenLedger> => {
  // Its log of every call would cost Anvil half as much again as the work itself.
  results(await client.post(batch([["anvil_setLoggingEnabled", "[false]"]])))
  const chain = await openChain(client)
  const world = await makeWorld(client, chain, genesis)
  return {
    observe: worldReader(client, world),
    settle: (orders, timestampSeconds) => settle(chain, world, orders, timestampSeconds, genesis),
    stateDigest: chain.digest,
    world,
  }
}

/** An order with the adapter for its action. */
interface Job {
  readonly order: Order
  readonly adapter: Adapter<Action>
  readonly gas: number
}

const emptyBlock: BlockPlan = { transactions: () => [], onBlock: () => {} }

const settle = async (
  chain: Chain,
  world: World,
  orders: ReadonlyArray<Order>,
  timestampSeconds: number,
  { blocksPerTick = 0, isMetered = false }: Genesis,
): Promise<Settlement> => {
  const jobs = orders.map((order): Job => {
    const adapter = adapters[order.action.kind] as Adapter<Action>
    return { order, adapter, gas: gasOf(adapter, order.action, world) }
  })
  const receipts: Array<Receipt> = []
  let gasUsed = 0n
  const planOf = (block: ReadonlyArray<Job>, followsLogs: boolean): BlockPlan => ({
    transactions: () => block.map((job) => transactionOf(job, world, timestampSeconds)),
    topics: [...new Set(block.flatMap(({ adapter }) => Object.keys(adapter.facts) as Array<Hex>))],
    isMetered,
    followsLogs,
    onBlock: (settled) => {
      gasUsed += settled.gasUsed
      for (const [index, job] of block.entries()) receipts.push(receiptOf(job, settled.outcomes[index]!, world))
    },
  })
  const plans = stretches(jobs).flatMap((stretch, n) => cutBlocks(stretch).map((block, m) => planOf(block, n > 0 && m === 0)))
  const padded = [...plans, ...Array.from({ length: Math.max(0, blocksPerTick - plans.length) }, () => emptyBlock)]
  await chain.settle(padded, timestampSeconds)
  return { receipts, blockCount: padded.length, gasUsed }
}

/**
 * Orders that can be written down only when what was ordered before them has been done: a report is packed by registry index, and a proof is
 * made from the last published tree.
 */
const needs: Partial<Readonly<Record<Action["kind"], Action["kind"]>>> = {
  "oracle.report": "registry.register",
  "batches.collect": "batches.close",
  "rewards.claim": "rewardTree.publish",
}

const stretches = (jobs: ReadonlyArray<Job>): ReadonlyArray<ReadonlyArray<Job>> => {
  const found: Array<Array<Job>> = [[]]
  const ordered = new Set<Action["kind"]>()
  for (const job of jobs) {
    const { kind } = job.order.action
    const needed = needs[kind]
    if (needed !== undefined && ordered.has(needed)) {
      found.push([])
      ordered.clear()
    }
    ordered.add(kind)
    found.at(-1)!.push(job)
  }
  return found
}

const transactionOf = ({ order, adapter, gas }: Job, world: World, timestampSeconds: number): Transaction => ({
  from: world.accounts.address(adapter.sender ?? order.agent),
  to: typeof adapter.to === "string" ? world.contracts[adapter.to] : adapter.to(order.action, world),
  data: adapter.encode(order.action, world, { agent: order.agent, timestampSeconds }),
  gas,
})

const receiptOf = ({ order, adapter }: Job, { status, reason, logs, meter }: Outcome, world: World): Receipt => {
  const facts = logs.flatMap((log) => adapter.facts[log.topics[0] as Hex]?.(log, world, order.agent, order.action) ?? [])
  world.touched.add(order.agent)
  touch(world, order.action)
  for (const fact of facts) {
    touch(world, fact)
    if (fact.kind === "registry.registered" && !world.registered.has(fact.agent)) {
      world.registered.add(fact.agent)
      world.providers.push(fact.agent)
    }
    if (fact.kind === "pool.liquidityAdded") enlist(world.liquidityProviders, fact.agent)
    for (const extension of extensionsOf(world)) extension.note?.(fact)
  }
  return { order, status, reason, facts, ...(meter === undefined ? {} : { meter }) }
}

/** Whoever is named. */
const touch = (world: World, named: object): void => {
  for (const value of Object.values(named as Readonly<Record<string, unknown>>))
    if (typeof value === "string" && world.isAgent(value)) world.touched.add(value)
}

const enlist = (ids: Array<string>, id: string): void => {
  if (!ids.includes(id)) ids.push(id)
}

/** Whatever else goes wrong is a defect too, such as an order that cannot be written down. */
export const attempt = <A>(work: () => Promise<A>): Effect.Effect<A, LedgerError> =>
  Effect.tryPromise({
    try: work,
    catch: (error) =>
      error instanceof LedgerUnavailable || error instanceof LedgerDiverged ? error : new LedgerDiverged({ message: String(error) }),
  })
