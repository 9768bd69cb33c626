import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { type Closing, type Params as GraphParams, proofOf } from "../sim/protocols/graph.ts"
import { saleWithin } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, toMicros, toWei } from "../sim/units.ts"

const fields = {
  tokens: drawn("Own tokens at the start, for deposits", { unit: "tokens", min: 0, max: 1e10 }),
  usd: drawn("Dollars at the start, for checks", { unit: "USD", min: 0, max: 1e10 }),
  checkShare: drawn("Part of the closed allocations that it checks while that pays", { unit: "share", min: 0, max: 1 }),
  idleCheckShare: drawn("Part that it checks while it does not pay, to find out when it does again", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.02)),
  checkUsd: quantity("What it costs to do an allocation's work again", { unit: "USD", min: 0, max: 1e6 }),
  falseShareBelieved: quantity("Part of the proofs that it believes to be false, before it has checked any", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.1)),
  slippageShareMax: quantity("How far below the pool's price a sale may come out", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

interface Memory {
  /** The first closing that it has not seen. */
  readonly next: number
  /** Smoothed counts: checks, and false proofs among them. */
  readonly checks: number
  readonly found: number
}

type FishermanTurn = Turn<Params<typeof fields>, Memory>

/** How many checks its belief is worth against what it finds, and how fast it forgets. */
const beliefCount = 20
const keptPerCheck = 0.98
/** Rulings of its favour that it takes for granted against those that it has seen. */
const wonBelieved = 9
const rulingsBelieved = 10
const dustUsd = 5

/**
 * Does the work of a part of the closed allocations again and disputes a proof that differs, when what it expects of the arbitrator is worth the
 * deposit. While checks find too little for what they cost, it makes few.
 */
export const fisherman = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens, usd }) => ({ tokens, usd }),
  begin: ({ falseShareBelieved }): Memory => ({ next: 0, checks: beliefCount, found: falseShareBelieved * beliefCount }),
  decide: (turn): Decision<Memory> => {
    const { memory, params, world, rng } = turn
    const { graph } = world.rules
    if (graph === undefined) return { memory, actions: [] }
    const closings = world.ledger.graph.closings.filter(({ number }) => number >= memory.next)
    const disputes: Array<Action> = []
    let [checks, found] = [memory.checks, memory.found]
    let spentUsd = 0
    let tokensLeft = fromWei(world.ledger.token.balanceWei.get(turn.self) ?? 0n)
    const cashUsd = fromMicros(world.ledger.dollar.balanceMicros.get(turn.self) ?? 0n)
    for (const closing of closings) {
      const draw = rng(`checks/${closing.allocation}`).uniform()
      const gainUsd = expectedTokens(turn, graph, closing) * world.usdPerToken
      const isPaid = (found / checks) * gainUsd >= params.checkUsd
      if (draw >= (isPaid ? params.checkShare : params.idleCheckShare) || spentUsd + params.checkUsd > cashUsd) continue
      spentUsd += params.checkUsd
      const isFalse = closing.proof !== proofOf(closing.subgraph, closing.allocation)
      checks = checks * keptPerCheck + 1
      found = found * keptPerCheck + (isFalse ? 1 : 0)
      if (!isFalse || gainUsd <= 0 || tokensLeft < graph.disputeDepositTokens) continue
      tokensLeft -= graph.disputeDepositTokens
      disputes.push({ kind: "graph.dispute", allocation: closing.allocation, depositWei: toWei(graph.disputeDepositTokens) })
    }
    const next = closings.at(-1)?.number
    return {
      memory: { next: next === undefined ? memory.next : next + 1, checks, found },
      actions: [...pay(spentUsd), ...disputes, ...sell(turn, tokensLeft)],
    }
  },
})

/** What a dispute about a false proof brings, as often as its disputes have been decided for it. */
const expectedTokens = ({ self, world }: FishermanTurn, graph: GraphParams, { indexer }: Closing): number => {
  const own = [...world.ledger.graph.disputes.values()].filter(({ fisherman: by }) => by === self)
  const won = own.filter(({ status }) => status === "accepted").length + wonBelieved
  const lost = own.filter(({ status }) => status === "rejected").length + rulingsBelieved - wonBelieved
  const stakeTokens = fromWei(world.ledger.graph.indexers.get(indexer)!.stakedWei)
  return (won * graph.slashShare * graph.fishermanShare * stakeTokens - lost * graph.disputeDepositTokens) / (won + lost)
}

const pay = (usd: number): ReadonlyArray<Action> =>
  usd > 0 ? [{ kind: "dollar.redeem", amountMicros: toMicros(usd), purpose: "checks" }] : []

/** Rewards become dollars for more checks; what it came with stays for deposits. */
const sell = ({ params, world }: FishermanTurn, tokensLeft: number): ReadonlyArray<Action> => {
  const { pool } = world.ledger
  const amountIn = minBigint(toWei(Math.max(0, tokensLeft - params.tokens)), saleWithin(pool, params.slippageShareMax))
  if (fromWei(amountIn) * world.usdPerToken < dustUsd) return []
  const amountOutMin = leastOut(proceeds(world.ledger, "token", amountIn), params.slippageShareMax)
  return [{ kind: "pool.swap", sell: "token", amountIn, amountOutMin }]
}
