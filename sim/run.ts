import { Effect, Schema } from "effect"
import { type Actor, type AgentRegistry, cast } from "./actor.ts"
import { openPredationLedger, postPredation } from "./adversaries/predationLedger.ts"
import { openWashLedger, postWash } from "./adversaries/washLedger.ts"
import { type Decision, usualTipWei } from "./agent.ts"
import { openBooks, post } from "./books.ts"
import { committeesOf, runFeeds } from "./feeds/rounds.ts"
import { postDeeds } from "./proofs/postDeeds.ts"
import { gasPayments } from "./chains/gasPayments.ts"
import { charge, gasDesk, openTolls, stepTolls } from "./chains/tolls.ts"
import { moment, tickCount } from "./clock.ts"
import { reportersOf } from "./genesis.ts"
import { openExogenous, stepExogenous, worldStreams } from "./exogenous.ts"
import { emptyMempool, include } from "./faults/mempool.ts"
import { openFaults } from "./faults/openFaults.ts"
import { pendingView } from "./faults/pendingView.ts"
import { addShadow, noShadow } from "./faults/shadow.ts"
import { lastReports } from "./faults/lastReports.ts"
import { invariants } from "./invariants/index.ts"
import { type LiquidityOutcome, liquidityOutcomes } from "./liquidity/liquidityOutcome.ts"
import { openLpLedger, postLiquidity } from "./liquidity/lpLedger.ts"
import { type Action, circulatingTokens, Ledger, type Order, type Receipt } from "./ledger.ts"
import { updateBills } from "./markets/bills.ts"
import { noJobs } from "./jobs/job.ts"
import { runJobs } from "./jobs/jobs.ts"
import { conservation } from "./jobs/conservation.ts"
import { learn, reputationOf, type Reputations } from "./jobs/reputation.ts"
import { roundTripIn } from "./jobs/roundTrip.ts"
import { afterPosting, batchActions, dropUncovered, emptyTab, writeDown } from "./jobs/settlement/batch.ts"
import { deliveriesOf, noResults, sendAgain, settleOverdue, stepResults } from "./jobs/settlement/disputes.ts"
import { dropUnpaid, escrowOrders, payRunning } from "./jobs/settlement/perJob.ts"
import { countsOf } from "./jobs/counts.ts"
import { addTakings, noTakings } from "./jobs/takings.ts"
import { closeEpoch, noWork } from "./jobs/work.ts"
import { measure, type Row } from "./metric.ts"
import { noProofs, stepProofs } from "./proofs/proofs.ts"
import { operatorActions } from "./protocols/farm.ts"
import { beaconActions } from "./protocols/spotChecks.ts"
import { sinkBps } from "./protocols/burn.ts"
import { metrics } from "./metrics/index.ts"
import { hear, silence, speak } from "./offChain.ts"
import type { Catalogue } from "./preset.ts"
import { type AgentOutcome, agentOutcome } from "./outcome.ts"
import { openPulse, takePulse } from "./pulse.ts"
import type { Scenario } from "./scenario.ts"
import { type Batch, sequence } from "./sequence.ts"
import { HOURS_PER_DAY, toMicros } from "./units.ts"
import { look, type World } from "./world.ts"

/** A rule that must always hold was broken: a defect of a contract or of an adapter. */
export class InvariantBroken extends Schema.TaggedError<InvariantBroken>()("InvariantBroken", {
  tick: Schema.Number,
  invariant: Schema.String,
  message: Schema.String,
}) {}

/** The phases of a tick, as the benchmark tells them apart. */
export type Phase = "observe" | "decide" | "market" | "settle" | "record"

export interface TickRecord {
  readonly tick: number
  readonly row: Row
  readonly receipts: ReadonlyArray<Receipt>
}

export interface RunSetup {
  readonly scenario: Scenario
  readonly catalogue: Catalogue
  readonly agents: AgentRegistry
  readonly seed: string
  /** Stops early, for a replay. */
  readonly untilTick?: number
  readonly onTick?: (record: TickRecord) => void
  /** Told when a phase begins. */
  readonly onPhase?: (phase: Phase) => void
}

export interface RunResult {
  readonly ticks: number
  readonly stateDigest: string
  readonly agents: ReadonlyArray<AgentOutcome>
  readonly liquidity: ReadonlyArray<LiquidityOutcome>
}

/** Runs one seed of one scenario against the ledger in context. The only loop over time in the project. */
export const run = Effect.fnUntraced(function* (setup: RunSetup) {
  const { scenario, catalogue, seed } = setup
  const ledger = yield* Ledger
  const actors = cast(scenario, setup.agents, seed)
  const reporters = reportersOf(actors)
  const committees = committeesOf(scenario, actors)
  const outside = worldStreams(seed)
  const faultsOn = openFaults(scenario.faults, actors, seed)
  const memories = new Map<string, unknown>(
    actors.map((actor) => [actor.id, actor.agent.begin(actor.params, scenario.protocols, actor.rng)]),
  )
  const { market: payment, oracle } = scenario.protocols
  const isBatched = payment.settlement?.kind === "batch"
  const hasDisputes = payment.disputes !== undefined
  const hasTree = oracle.settlement === "tree"
  const ticks = Math.min(setup.untilTick ?? Infinity, tickCount(scenario.calendar))

  let exogenous = openExogenous(scenario)
  const terms = scenario.markets.jobs
  const roundTripMs = roundTripIn(catalogue.energies.get(scenario.markets.energy.preset)!)

  let jobs = noJobs
  let reputations: Reputations = new Map()
  let work = noWork
  const counts = countsOf(scenario.protocols)
  let takings = noTakings
  let wash = openWashLedger(actors)
  let predation = openPredationLedger(actors)
  let bills: World["bills"] = new Map()
  let proofs = noProofs
  let books = openBooks(actors)
  let pulse = openPulse
  let tolls = openTolls(scenario.chain)
  let tab = emptyTab
  let results = noResults
  let agreement: World["agreement"]
  let shadow = noShadow
  let mempool = emptyMempool
  let reports: ReadonlyMap<string, Action> = new Map()
  const agentIds = new Set(actors.map(({ id }) => id))
  let previous: Row | undefined
  setup.onPhase?.("observe")
  const opening = yield* ledger.observe
  let view = opening
  let liquidity = openLpLedger(opening)

  for (let tick = 1; tick <= ticks; tick++) {
    setup.onPhase?.("decide")
    const now = moment(scenario.calendar, tick)
    const ports = faultsOn(now.day)
    exogenous = stepExogenous(scenario, exogenous, now, { ...pulse, circulatingTokens: circulatingTokens(view) }, ports, outside)
    tolls &&= stepTolls(tolls, { now, rng: outside }, toMicros(exogenous.reference.usdPerToken), ports.gasFactor)
    const payments = gasPayments(tolls, actors, now, view)
    const purses = pendingView({ ledger: payments.view, bills }, mempool.waiting)
    const seen = { now, exogenous, ports, ...purses, pulse, sites: jobs.sites, work, agreement, board: proofs.board, gas: gasDesk(tolls) }
    const handed = hasDisputes ? { deliveries: deliveriesOf(jobs.toSettle), results } : {}
    const world = look(scenario, catalogue, reporters, { ...seen, ...handed })
    const present = actors.filter(({ id }) => !ports.bars(id) || view.registry.providers.has(id))
    const made = decideAll(present, memories, world, (agent, actions) =>
      ports.conduct(agent, actions, { claims: pulse.claims, lastReport: reports.get(agent) }),
    )
    reports = lastReports(reports, made)
    const { decided: decisions, messages } = hasTree ? speak(made) : { decided: made, messages: silence }

    setup.onPhase?.("market")
    const payoutMins = new Map(decisions.map(({ actor, decision }) => [actor.id, decision.payoutMinMicros ?? 0n]))
    const paid = payRunning(jobs, now, {
      payoutHours: isBatched ? 0 : (payment.payoutHours ?? 0),
      payoutMinMicros: (buyer) => payoutMins.get(buyer) ?? 0n,
    })
    const market = runJobs(paid.jobs, {
      plans: new Map(decisions.flatMap(({ actor, decision }) => (decision.plan ? [[actor.id, decision.plan]] : []))),
      requests: decisions.flatMap(({ decision }) => decision.requests ?? []),
      gpus: catalogue.gpus,
      faults: (provider) => ({ ...scenario.markets.faults, rng: outside(`faults/${provider}`) }),
      ports,
      now,
      terms,
      roundTripMs,
      hasSlots: !isBatched,
      hasDisputes,
      reputation: (provider) => reputationOf(reputations, provider),
      rng: (purpose) => outside(`jobs/${purpose}`),
    })
    tab = isBatched ? writeDown(tab, jobs.toSettle) : tab
    const disputed = new Set(decisions.flatMap(({ actor, decision }) => (decision.disputed ?? []).map((slot) => `${actor.id}/${slot}`)))
    const escrow = isBatched
      ? []
      : [...escrowOrders(jobs.toSettle, paid.payouts, market.outcome.started, now, disputed), ...settleOverdue(results, now)]
    const told = decisions.flatMap(({ actor, decision }) => (decision.sightings ?? []).map((sighting) => ({ node: actor.id, sighting })))
    const feeds = runFeeds(committees, told, view, now, scenario.protocols.uptime?.feed)
    const postPrice: Action = { kind: "venue.post", priceMicros: toMicros(exogenous.reference.usdPerToken) }
    const beacons = beaconActions(scenario.protocols.spotChecks, now, outside("beacon").uniform)
    const rates = { feeBps: payment.feeBps, creditBps: sinkBps(scenario.protocols).creditBps }
    const posted = batchActions(tab, payment.settlement, rates, now)
    const operatorOrders = [postPrice, ...beacons, ...posted, ...operatorActions(scenario.protocols.farms, scenario.calendar, tick)].map(
      (action): Order => ({
        agent: "operator",
        action,
        tipWei: 0n,
      }),
    )
    const sequenced = sequence(scenario.sequence, batches(decisions, [...escrow, ...feeds.actions]), outside("sequence"))
    const { included, mempool: left } = include(mempool, sequenced, tick, ports)
    mempool = left
    const intrusions = ports.intrusions(now, view).map((order): Order => ({ ...order, tipWei: 0n }))
    const orders = [...operatorOrders, ...intrusions, ...payments.orders, ...included]

    setup.onPhase?.("settle")
    const settlement = yield* ledger.settle(orders, now.timestampSeconds)

    setup.onPhase?.("observe")
    const after = yield* ledger.observe

    setup.onPhase?.("record")
    const { receipts } = settlement
    const facts = receipts.flatMap((receipt) => receipt.facts)
    for (const { name, check } of Object.values(invariants)) {
      const broken = check(view, after, receipts)
      if (broken !== undefined) return yield* new InvariantBroken({ tick, invariant: name, message: broken })
    }
    const sitesBefore = jobs.sites
    const booksBefore = books
    tab = afterPosting(tab, receipts)
    const resultsBefore = results
    if (hasDisputes) results = stepResults(results, jobs.toSettle, disputed, receipts)
    const { toSettle } = jobs
    jobs = isBatched ? dropUncovered(market.jobs, tab, after, tick * now.hours) : dropUnpaid(market.jobs, receipts, tick * now.hours)
    if (hasDisputes || payment.vulnerable === true) jobs = sendAgain(jobs, toSettle, receipts)
    const lostJobs = conservation(jobs, tick * now.hours)
    if (lostJobs !== undefined) return yield* new InvariantBroken({ tick, invariant: "conservation of jobs", message: lostJobs })
    if (terms.matching.kind === "reputation")
      reputations = learn(reputations, terms.matching, now.hours / HOURS_PER_DAY, market.outcome, facts)
    const proofsBefore = proofs
    proofs = stepProofs(proofs, now, receipts, decisions)
    bills = updateBills(bills, sitesBefore, jobs.sites, now.hours, catalogue.gpus, facts)
    pulse = takePulse(scenario, pulse, now, [...facts, ...messages.claims], sitesBefore, jobs.sites)
    agreement = hear(agreement, messages, pulse.claims, oracle.toleranceBps)
    shadow = addShadow(shadow, sitesBefore, jobs.sites, ports)
    if (counts === "paid") takings = addTakings(takings, facts)
    wash = postWash(wash, {
      now,
      facts,
      jobs,
      outcome: market.outcome,
      gpus: catalogue.gpus,
      usdPerToken: world.usdPerToken,
      counts,
      takings,
      work,
    })
    if (now.isEpochEnd) {
      const sight = (provider: string) => outside(`sight/${provider}`)
      const deviceProofs = {
        rules: scenario.protocols.devices,
        epochHours: now.epochHours,
        rng: (purpose: string) => outside(`devices/${purpose}`),
      }
      const { unseenSharePerEpoch } = scenario.markets.faults
      work = closeEpoch(work, now.epoch, jobs.sites, catalogue.gpus, unseenSharePerEpoch, sight, shadow, deviceProofs, counts, takings)
      shadow = noShadow
      takings = noTakings
    }
    tolls &&= charge(tolls, receipts, agentIds, now.hours / 24)
    books = post(books, receipts, market.outcome, jobs.sites, after, world.usdPerToken, now.hours / 24, tolls?.chargedMicros)
    books = postDeeds(books, receipts, proofs.deeds, proofsBefore.board.cases, world.usdPerToken, now)
    predation = postPredation(predation, booksBefore, books, jobs.sites)
    liquidity = postLiquidity(liquidity, view, after, receipts)
    const row = measure(metrics, {
      world,
      exogenous,
      opening,
      before: view,
      after,
      settlement,
      outcome: market.outcome,
      jobs,
      feeds,
      sites: jobs.sites,
      sitesBefore,
      books,
      booksBefore,
      deeds: proofs.deeds,
      ...(hasDisputes ? { results, resultsBefore } : {}),
      liquidity,
      wash,
      predation,
      faults: scenario.faults,
      ordersWaiting: mempool.waiting.length,
      ...(tolls === undefined ? {} : { tolls }),
      actors,
      previous,
    })
    setup.onTick?.({ tick, row, receipts })
    previous = row
    view = after
  }

  const stateDigest = yield* ledger.stateDigest
  const ledgers = { liquidity, wash, predation, actors, books, opening, final: view, bills, gpus: catalogue.gpus }
  const outcomes = actors.map((actor) => agentOutcome(actor, books.get(actor.id)!, ledgers))
  return { ticks, stateDigest, agents: outcomes, liquidity: liquidityOutcomes(liquidity) } satisfies RunResult
})

type Decided = ReturnType<typeof decide>

type Conduct = (agent: string, actions: ReadonlyArray<Action>) => ReadonlyArray<Action>

/** All see the same world, and in later waves also what those before them ask for. */
const decideAll = (
  actors: ReadonlyArray<Actor>,
  memories: Map<string, unknown>,
  world: World,
  conduct: Conduct,
): ReadonlyArray<Decided> => {
  const pending: Array<Order> = []
  return actors
    .toSorted((a, b) => waveOf(a) - waveOf(b))
    .map((actor) => {
      const decided = decide(actor, memories, waveOf(actor) === 0 ? world : { ...world, pending: [...pending] }, conduct)
      pending.push(...ordersOf(decided).flatMap(({ orders }) => orders))
      return decided
    })
}

const waveOf = ({ agent }: Actor): number => agent.wave ?? 0

const decide = (actor: Actor, memories: Map<string, unknown>, world: World, conduct: Conduct) => {
  const decision: Decision<unknown> = actor.agent.decide({
    self: actor.id,
    params: actor.params,
    memory: memories.get(actor.id),
    world,
    rng: actor.rng,
  })
  memories.set(actor.id, decision.memory)
  return { actor, decision: { ...decision, actions: conduct(actor.id, decision.actions) } }
}

/** What an agent asks for: a batch, and a closing one where it wants that. */
const ordersOf = ({ actor: { id: agent }, decision }: Decided): ReadonlyArray<Batch> => {
  const { actions, tipWei = usualTipWei, closing } = decision
  const batchOf = (part: ReadonlyArray<Action>, tip: bigint) => ({ agent, orders: part.map((action) => ({ agent, action, tipWei: tip })) })
  return [batchOf(actions, tipWei), ...(closing === undefined ? [] : [batchOf(closing.actions, closing.tipWei)])]
}

/** What the agents decided, each first batch with what follows from the agent's jobs. */
const batches = (
  decisions: ReadonlyArray<Decided>,
  jobActions: ReadonlyArray<{ readonly agent: string; readonly action: Action }>,
): ReadonlyArray<Batch> => {
  const decided = decisions.map(ordersOf)
  const byAgent = new Map(decided.map(([first]) => [first!.agent, [...first!.orders]]))
  for (const { agent, action } of jobActions) {
    const orders = byAgent.get(agent)!
    orders.push({ agent, action, tipWei: orders[0]?.tipWei ?? usualTipWei })
  }
  const first = [...byAgent].map(([agent, orders]) => ({ agent, orders }))
  return [...first, ...decided.flatMap(([, closing]) => closing ?? [])].filter(({ orders }) => orders.length > 0)
}
