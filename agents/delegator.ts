import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { pow } from "../sim/maths.ts"
import { delegationYieldPerYear } from "../sim/protocols/delegationYield.ts"
import { type Params as GraphParams, worthWei } from "../sim/protocols/graph.ts"
import { count, drawn, or } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromWei, WEI_PER_TOKEN } from "../sim/units.ts"

const fields = {
  tokens: drawn("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  arrivalDay: drawn("Day on which it first looks", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  reviewDays: drawn("Days between two looks", { unit: "days", min: 1, max: 365 }).pipe(or(7)),
  yieldPerYearMin: drawn("What a delegation must pay", { unit: "share per year", min: 0, max: 100 }).pipe(or(0)),
  horizonDays: drawn("How long it thinks that a yield will stand", { unit: "days", min: 0, max: 3_650 }).pipe(or(180)),
  slashFear: drawn("Part of an indexer's yield in which it no longer believes, for each time that it was slashed", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
  indexersMax: count("Indexers over which it spreads its tokens, at most", { unit: "indexers", min: 1, max: 100 }).pipe(or(1)),
}

interface Memory {
  readonly officeShare: number
  readonly nextReviewDay: number
}

type DelegatorTurn = Turn<Params<typeof fields>, Memory>

/**
 * Lends its tokens to the indexer at which they will earn most, its own tokens counted in, and moves when what it gains within its horizon is
 * more than the tax and the idle time of a move. A delegation is not slashed; what a slashed indexer loses is the stake that carries it.
 */
export const delegator = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens }) => ({ tokens, usd: 0 }),
  begin: ({ arrivalDay }, _rules, rng): Memory => ({ officeShare: rng("office").uniform(), nextReviewDay: arrivalDay }),
  decide: (turn): Decision<Memory> => {
    const { self, memory, params, world } = turn
    const { graph } = world.rules
    const { day, tickOfDay, ticksPerDay } = world.now
    if (graph === undefined || tickOfDay !== Math.floor(memory.officeShare * ticksPerDay) || day < memory.nextReviewDay)
      return { memory, actions: [] }
    const own = [...(world.ledger.graph.delegations.get(self) ?? [])]
    const actions: Array<Action> = []
    for (const [indexer, { thawingWei, thawedAtEpoch }] of own)
      if (thawingWei > 0n && world.ledger.graph.epoch >= thawedAtEpoch) actions.push({ kind: "graph.withdrawDelegated", indexer })
    actions.push(...place(turn, graph), ...leave(turn, graph))
    return { memory: { ...memory, nextReviewDay: day + params.reviewDays }, actions }
  },
})

/** The yield in which it believes. */
const believed = ({ params, world }: DelegatorTurn, graph: GraphParams, id: string, addedTokens: number): number => {
  const indexer = world.ledger.graph.indexers.get(id)!
  return delegationYieldPerYear(world.ledger.graph, graph, indexer, addedTokens) * pow(1 - params.slashFear, indexer.slashes)
}

/** Where some more tokens earn most, and how much. */
const best = (turn: DelegatorTurn, graph: GraphParams, tokens: number, except?: string) =>
  [...turn.world.ledger.graph.indexers.keys()]
    .filter((id) => id !== except)
    .map((id) => ({ id, yieldPerYear: believed(turn, graph, id, tokens) }))
    .reduce<{ readonly id: string; readonly yieldPerYear: number } | undefined>(
      (first, one) => (first === undefined || one.yieldPerYear > first.yieldPerYear ? one : first),
      undefined,
    )

/** Delegates what is free, part by part, where the tax comes back within the horizon. */
const place = (turn: DelegatorTurn, graph: GraphParams): ReadonlyArray<Action> => {
  const { self, params, world } = turn
  const freeWei = world.ledger.token.balanceWei.get(self) ?? 0n
  const partWei = freeWei / BigInt(params.indexersMax)
  if (partWei < 2n * WEI_PER_TOKEN) return []
  const taken = new Set<string>()
  const actions: Array<Action> = []
  for (let part = 0; part < params.indexersMax; part++) {
    const found = [...world.ledger.graph.indexers.keys()]
      .filter((id) => !taken.has(id))
      .map((id) => ({ id, yieldPerYear: believed(turn, graph, id, fromWei(partWei)) }))
      .toSorted((a, b) => b.yieldPerYear - a.yieldPerYear)[0]
    if (found === undefined || found.yieldPerYear < params.yieldPerYearMin) break
    if ((found.yieldPerYear * params.horizonDays) / DAYS_PER_YEAR <= graph.delegationTaxShare) break
    taken.add(found.id)
    actions.push({ kind: "graph.delegate", indexer: found.id, amountWei: partWei })
  }
  return actions
}

/** Takes out what would earn enough more elsewhere, or too little here. */
const leave = (turn: DelegatorTurn, graph: GraphParams): ReadonlyArray<Action> => {
  const { self, params, world } = turn
  const { indexers, delegations } = world.ledger.graph
  const idleDays = graph.undelegationEpochs * graph.epochDays
  return [...(delegations.get(self) ?? [])].flatMap(([indexer, delegation]): ReadonlyArray<Action> => {
    // What is taken out while some still thaws would begin the wait of both anew.
    if (delegation.shares === 0n || delegation.thawingWei > 0n) return []
    const here = believed(turn, graph, indexer, 0)
    const there = best(turn, graph, fromWei(worthWei(delegation, indexers.get(indexer)!)), indexer)?.yieldPerYear ?? 0
    const gained = ((there - here) * params.horizonDays) / DAYS_PER_YEAR
    const lost = graph.delegationTaxShare + (there * idleDays) / DAYS_PER_YEAR
    const isPoor = here < params.yieldPerYearMin
    return isPoor || gained > lost ? [{ kind: "graph.undelegate", indexer, shares: delegation.shares }] : []
  })
}
