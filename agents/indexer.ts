import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { clamp } from "../sim/maths.ts"
import {
  capacityTokens,
  cutFor,
  delegationYieldPerYear,
  meanDelegationYield,
  rewardTokensPerYear,
} from "../sim/protocols/delegationYield.ts"
import { allocationName, type Indexer, type Params as GraphParams, proofOf } from "../sim/protocols/graph.ts"
import { saleWithin } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromWei, maxBigint, minBigint, toMicros, toWei, WEI_PER_TOKEN } from "../sim/units.ts"

const fields = {
  stakeTokens: drawn("Own stake at the start", { unit: "tokens", min: 0, max: 1e10 }),
  usd: drawn("Dollars at the start, for the machines", { unit: "USD", min: 0, max: 1e10 }),
  costUsdPerDay: drawn("Machines and work for honest proofs", { unit: "USD per day", min: 0, max: 1e6 }),
  feeShare: drawn("Fee on the delegated tokens' rewards at the start; then it follows the competition", { unit: "share", min: 0, max: 1 }),
  feeStepShare: quantity("How far one review moves the fee", { unit: "share", min: 0, max: 1 }).pipe(or(0.02)),
  reviewDays: count("Days between two looks at the fee", { unit: "days", min: 1, max: 365 }).pipe(or(7)),
  allocationEpochs: count("Age at which it closes an allocation", { unit: "epochs", min: 1, max: 365 }).pipe(or(7)),
  lazyShare: quantity("Part of the allocations for which it would rather not work", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  caughtShareBelieved: quantity("Part of the false proofs that it believes to be caught, before it has seen any", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.02)),
  errorShare: quantity("Part of honest proofs that are wrong all the same", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  yieldPerYearMin: quantity("What the own stake must earn after the machines", { unit: "share per year", min: -100, max: 100 }).pipe(or(0)),
  patienceDays: quantity("How long it may earn less", { unit: "days", min: 0, max: 3_650 }).pipe(or(30)),
  sellShare: drawn("Part of the rewards that is sold; the rest is staked", { unit: "share", min: 0, max: 1 }).pipe(or(0.5)),
  slippageShareMax: quantity("How far below the pool's price a sale may come out", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

interface Memory {
  readonly officeShare: number
  readonly feeShare: number
  readonly reviewedDay: number
  /** Of its allocations: how many it has opened, those for which nobody works, how many of these it has closed. */
  readonly opened: number
  readonly lazy: ReadonlySet<string>
  readonly lazyClosed: number
  readonly poorDays: number
  readonly isLeaving: boolean
}

type IndexerTurn = Turn<Params<typeof fields>, Memory>

/** Below this a sale, a stake or an allocation is not worth its transaction. */
const dustUsd = 5
/** How many false proofs its belief is worth against what it sees. */
const beliefCount = 20
/** Delegated capacity that is as good as full. */
const fullShare = 0.95
/** Free part of the capacity that is worth an allocation of its own. */
const freeShareMin = 0.02

/**
 * Runs an indexer: stakes, works on allocations and closes them for their reward, and sets its cut so that it earns a fee on what is delegated.
 * Works only where a false proof would cost more than the work, as far as it knows. Leaves when the stake has earned too little for a while.
 */
export const indexer = agentKind({
  role: "trader",
  fields,
  endow: ({ stakeTokens, usd }) => ({ tokens: stakeTokens, usd }),
  begin: ({ feeShare }, _rules, rng): Memory => ({
    officeShare: rng("office").uniform(),
    feeShare,
    reviewedDay: 0,
    opened: 0,
    lazy: new Set(),
    lazyClosed: 0,
    poorDays: 0,
    isLeaving: false,
  }),
  decide: (turn): Decision<Memory> => {
    const { self, memory, world } = turn
    const { graph } = world.rules
    const { tickOfDay, ticksPerDay } = world.now
    if (graph === undefined || tickOfDay !== Math.floor(memory.officeShare * ticksPerDay)) return { memory, actions: [] }
    const own = world.ledger.graph.indexers.get(self)
    if (own === undefined) return open(turn, graph)
    return memory.isLeaving ? leave(turn, own) : work(turn, graph, own)
  },
})

const open = ({ self, memory, params, world }: IndexerTurn, graph: GraphParams): Decision<Memory> => {
  const ownWei = world.ledger.token.balanceWei.get(self) ?? 0n
  if (fromWei(ownWei) < graph.stakeTokensMin) return { memory, actions: [] }
  const own: Indexer = { ...nobody, stakedWei: ownWei }
  return {
    memory: { ...memory, reviewedDay: world.now.day },
    actions: [{ kind: "graph.stake", amountWei: ownWei }, { kind: "graph.payOut" }, cutAction(own, graph, params.feeShare)],
  }
}

const nobody: Indexer = {
  stakedWei: 0n,
  allocatedWei: 0n,
  thawingWei: 0n,
  thawedAtBlock: 0,
  cutPpm: 0,
  delegatedWei: 0n,
  delegatedShares: 0n,
  slashes: 0,
  slashedWei: 0n,
}

const cutAction = (own: Indexer, graph: GraphParams, feeShare: number) =>
  ({ kind: "graph.setCut", cutPpm: Math.round(1e6 * clamp(cutFor(own, graph, feeShare), 0, 1)) }) as const

const work = (turn: IndexerTurn, graph: GraphParams, own: Indexer): Decision<Memory> => {
  const { memory, params, world, rng } = turn
  const actions: Array<Action> = []
  const sale = payAndSell(turn, isWorking(turn) ? params.costUsdPerDay : 0, params.sellShare)
  actions.push(...sale.actions)
  if (fromWei(sale.restWei) * world.usdPerToken >= dustUsd) actions.push({ kind: "graph.stake", amountWei: sale.restWei })

  const review = reviewOf(turn, graph, own)
  actions.push(...review.actions)

  const closing = closings(turn, (age) => age >= Math.min(params.allocationEpochs, graph.allocationEpochsMax))
  actions.push(...closing.actions)
  const lazy = new Set([...memory.lazy].filter((allocation) => !closing.closed.has(allocation)))
  const lazyClosed = memory.lazyClosed + memory.lazy.size - lazy.size

  const capacity = toWei(capacityTokens(own, graph))
  const freeWei = capacity - own.allocatedWei + closing.freedWei
  let opened = memory.opened
  if (freeWei >= WEI_PER_TOKEN && fromWei(freeWei) >= freeShareMin * fromWei(capacity)) {
    const allocation = allocationName(turn.self, opened++)
    actions.push({ kind: "graph.allocate", allocation, subgraph: bestSubgraph(turn, fromWei(freeWei)), amountWei: freeWei })
    // One draw each, so that a change of mind moves no other draw.
    if (rng("laziness").chance(params.lazyShare) && isLazinessPaid(turn, graph, own)) lazy.add(allocation)
  }

  const isPoor = ownYieldPerYear(turn, graph, own) < params.yieldPerYearMin
  const poorDays = isPoor ? memory.poorDays + 1 : 0
  const isLeaving = poorDays > params.patienceDays
  return { memory: { ...memory, ...review.memory, opened, lazy, lazyClosed, poorDays, isLeaving }, actions }
}

/** Gives up its allocations, thaws all, and takes it when it is thawed; what rewards still come are sold. */
const leave = (turn: IndexerTurn, own: Indexer): Decision<Memory> => {
  const { memory, world } = turn
  const closing = closings(turn, () => true)
  const actions: Array<Action> = [...payAndSell(turn, 0, 1).actions, ...closing.actions]
  const freeWei = own.stakedWei - own.thawingWei
  if (freeWei > 0n && own.allocatedWei === closing.freedWei) actions.push({ kind: "graph.unstake", amountWei: freeWei })
  if (own.thawingWei > 0n && world.ledger.blockNumber >= own.thawedAtBlock) actions.push({ kind: "graph.withdraw" })
  return { memory, actions }
}

/** Pays the day's costs, with the owner's money where cash is short, sells part of the free tokens, and says what of those is to be staked. */
const payAndSell = ({ self, params, world }: IndexerTurn, costUsd: number, sellShare: number) => {
  const { pool, token, dollar } = world.ledger
  const costMicros = toMicros(costUsd)
  const missing = maxBigint(costMicros - (dollar.balanceMicros.get(self) ?? 0n), 0n)
  const actions: Array<Action> = []
  if (missing > 0n) actions.push({ kind: "dollar.onRamp", amountMicros: missing, purpose: "capital" })
  if (costMicros > 0n) actions.push({ kind: "dollar.redeem", amountMicros: costMicros, purpose: "hardware" })
  const freeWei = token.balanceWei.get(self) ?? 0n
  const wantedWei = toWei(fromWei(freeWei) * sellShare)
  const soldWei = minBigint(wantedWei, saleWithin(pool, params.slippageShareMax))
  if (sellShare === 0) return { actions, restWei: freeWei }
  if (fromWei(soldWei) * world.usdPerToken < dustUsd) return { actions, restWei: 0n }
  const amountOutMin = leastOut(proceeds(world.ledger, "token", soldWei), params.slippageShareMax)
  actions.push({ kind: "pool.swap", sell: "token", amountIn: soldWei, amountOutMin })
  // What the pool did not take waits for the next day, and what is staked is in proportion to what was sold.
  return { actions, restWei: ((freeWei - wantedWei) * soldWei) / wantedWei }
}

const mine = ({ self, world }: IndexerTurn) => [...world.ledger.graph.allocations].filter(([, { indexer: owner }]) => owner === self)

const isWorking = (turn: IndexerTurn): boolean => mine(turn).some(([allocation]) => !turn.memory.lazy.has(allocation))

/** Closes the allocations that are old enough, each with the proof of the work that was done for it. */
const closings = (turn: IndexerTurn, isOld: (age: number) => boolean) => {
  const { memory, params, world, rng } = turn
  const closed = new Set<string>()
  let freedWei = 0n
  const actions = mine(turn).flatMap(([allocation, { epoch, subgraph, amountWei }]): ReadonlyArray<Action> => {
    // In its first epoch an allocation has no reward.
    const age = world.ledger.graph.epoch - epoch
    if (age < 1 || !isOld(age)) return []
    closed.add(allocation)
    freedWei += amountWei
    const isFalse = rng("mistakes").chance(params.errorShare) || memory.lazy.has(allocation)
    return [{ kind: "graph.close", allocation, proof: isFalse ? guess(subgraph, allocation) : proofOf(subgraph, allocation) }]
  })
  return { actions, closed, freedWei }
}

/** What somebody writes down who does not know the proof. */
const guess = (subgraph: string, allocation: string): bigint => proofOf(subgraph, `${allocation}?`)

/** Where a token earns most: signal over what is allocated, with its own. */
const bestSubgraph = ({ world }: IndexerTurn, tokens: number): string =>
  [...world.ledger.graph.subgraphs]
    .map(([id, { signalWei, allocatedWei }]) => ({ id, value: fromWei(signalWei) / (fromWei(allocatedWei) + tokens) }))
    .reduce((best, one) => (one.value > best.value ? one : best)).id

/** The work of an allocation against the slash for a false proof, as often as it believes it to be caught. */
const isLazinessPaid = ({ memory, params, world }: IndexerTurn, graph: GraphParams, own: Indexer): boolean => {
  const caught = own.slashes + params.caughtShareBelieved * beliefCount
  const caughtShare = caught / (memory.lazyClosed + beliefCount)
  const savedUsd = params.costUsdPerDay * params.allocationEpochs * graph.epochDays
  return savedUsd > caughtShare * graph.slashShare * fromWei(own.stakedWei) * world.usdPerToken
}

/** The own stake's yearly yield after the machines. */
const ownYieldPerYear = ({ params, world }: IndexerTurn, graph: GraphParams, own: Indexer): number => {
  const stakeUsd = fromWei(own.stakedWei) * world.usdPerToken
  if (stakeUsd === 0) return 0
  const keptUsd = (own.cutPpm / 1e6) * rewardTokensPerYear(world.ledger.graph, graph, own) * world.usdPerToken
  return (keptUsd - params.costUsdPerDay * DAYS_PER_YEAR) / stakeUsd
}

/** Dearer while the delegations are full or its delegators earn more than others', cheaper while they earn less. */
const reviewOf = ({ self, memory, params, world }: IndexerTurn, graph: GraphParams, own: Indexer) => {
  if (world.now.day - memory.reviewedDay < params.reviewDays) return { actions: [], memory: {} }
  const view = world.ledger.graph
  const ownTokens = fromWei(own.stakedWei - own.thawingWei)
  const isFull = fromWei(own.delegatedWei) >= fullShare * ownTokens * graph.delegationRatio
  const others = meanDelegationYield(view, graph, (id) => id !== self)
  const offered = delegationYieldPerYear(view, graph, own)
  const step = isFull || offered > others ? params.feeStepShare : -params.feeStepShare
  const feeShare = clamp(memory.feeShare + (others === 0 ? 0 : step), 0, 1)
  return { actions: [cutAction(own, graph, feeShare)], memory: { feeShare, reviewedDay: world.now.day } }
}
