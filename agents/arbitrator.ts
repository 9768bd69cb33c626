import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { proofOf } from "../sim/protocols/graph.ts"
import { or, quantity } from "../sim/quantity.ts"

const fields = {
  reviewDays: quantity("Time from a dispute to its decision", { unit: "days", min: 0, max: 365 }).pipe(or(7)),
  errorShare: quantity("Part of the decisions that are the wrong way round", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
}

interface Memory {
  /** Day on which it first saw each dispute that it has not decided. */
  readonly seenDay: ReadonlyMap<string, number>
}

/**
 * Decides disputes: does the work of the allocation again and compares, and is sometimes wrong. Draws where there is no proof to judge, or no stake
 * to slash. Only the first of its kind has the role.
 */
export const arbitrator = agentKind({
  role: "keeper",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ seenDay: new Map() }),
  decide: ({ memory, params, world, rng }): Decision<Memory> => {
    const { disputes, indexers } = world.ledger.graph
    const seenDay = new Map<string, number>()
    const actions: Array<Action> = []
    for (const { allocation, indexer, status, closing } of disputes.values()) {
      if (status !== "pending") continue
      const since = memory.seenDay.get(allocation) ?? world.now.day
      seenDay.set(allocation, since)
      if (world.now.day - since < params.reviewDays) continue
      if (closing === undefined || (indexers.get(indexer)?.stakedWei ?? 0n) === 0n) actions.push({ kind: "graph.draw", allocation })
      else {
        const isFalse = closing.proof !== proofOf(closing.subgraph, allocation)
        const isWrong = rng(allocation).chance(params.errorShare)
        actions.push({ kind: isFalse === isWrong ? "graph.reject" : "graph.accept", allocation })
      }
    }
    return { memory: { seenDay }, actions }
  },
})
