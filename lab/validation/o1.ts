import { Effect } from "effect"
import { agents } from "../../agents/index.ts"
import { type Actor, cast } from "../../sim/actor.ts"
import { freeGas } from "../../sim/chains/tolls.ts"
import { moment } from "../../sim/clock.ts"
import { openExogenous } from "../../sim/exogenous.ts"
import { factsOf } from "../../sim/facts.ts"
import { calm } from "../../sim/faults/ports.ts"
import { committeesOf, runFeeds } from "../../sim/feeds/rounds.ts"
import { genesis } from "../../sim/genesis.ts"
import { noWork } from "../../sim/jobs/work.ts"
import { emptyBoard } from "../../sim/proofs/board.ts"
import { Ledger, type LedgerView } from "../../sim/ledger.ts"
import { fromAnswer } from "../../sim/protocols/feeds.ts"
import { openPulse } from "../../sim/pulse.ts"
import type { AgentGroup, Scenario } from "../../sim/scenario.ts"
import { mean } from "../../sim/stats/mean.ts"
import { look } from "../../sim/world.ts"
import { dot, inverse, times, transposed } from "../calibration/matrix.ts"
import { CaseInvalid, type Estimate, integer, real, referenceCase } from "./referenceCase.ts"
import { nothingElse, stillMarkets } from "./stillMarkets.ts"
import { silentNode, stillProtocols } from "./stillProtocols.ts"

interface Point {
  readonly nodes: bigint
  readonly wrongShare: number
  readonly faulty: bigint
  readonly isForwarder: bigint
  readonly targetFactor: number
  readonly rounds: bigint
}

/**
 * Committees of node agents on the feeds' contracts, a round a tick: each node colludes in each round by its own chance, and the round is corrupted
 * when the chain's answer after it is the coalition's. The price stands still, so that a transaction goes out only where an answer changes.
 */
export const o1 = referenceCase({
  id: "O1",
  title: "Median oracle with colluding nodes",
  source: "binomial law: the chance of as many colluders as it takes",
  parameters: {
    nodes: integer("nodes", "in the committee, n", 7n, { min: 4n, max: 31n }),
    wrongShare: real("share", "chance of each node to collude in a round, p", 0.2, { max: 1 }),
    faulty: integer("nodes", "that the committee is made for, f; fewer than a third", 2n, { min: 1n, max: 10n }),
    isForwarder: integer(
      "0 or 1",
      "0: OCR2Base and the median of all observations; 1: a report that f + 1 sign, through the forwarder",
      0n,
      {
        max: 1n,
      },
    ),
    targetFactor: real("times the truth", "what colluders say; upward and downward differ for an even n", 2, { min: 0.01, max: 1000 }),
    rounds: integer("rounds", "independent of each other", 12_000n, { min: 100n, max: 10_000_000n }),
  },
  quantities: { corruptedShare: { unit: "share of rounds", precision: 0.03 } },
  published: [{ at: {}, expected: { corruptedShare: 3.3344e-2 } }],
  expected: (point) => ({ corruptedShare: atLeast(collusionNeeded(point), Number(point.nodes), point.wrongShare) }),
  measured: (point, { ledger }) =>
    Effect.gen(function* () {
      const { nodes, faulty, rounds } = point
      if (nodes <= 3n * faulty)
        return yield* new CaseInvalid({ message: `O1: nodes=${nodes} is not more than three times faulty=${faulty}` })
      const ticks = Math.ceil(Number(rounds) / COMMITTEES)
      const scenario = worldOf(point, ticks)
      const actors = cast(scenario, agents, "o1")
      const played = yield* playRounds(scenario, actors, ticks).pipe(Effect.provide(ledger(genesis(scenario, actors))))
      return { corruptedShare: estimate(played, Number(nodes), point.wrongShare) }
    }),
})

/** Committees that stand beside each other, so that a block settles a round of each. */
const COMMITTEES = 40
const ticksPerDay = 288
const truthUsd = 1

interface Played {
  /** What the agents of the committee did, and what the chain then said. */
  readonly colluding: number
  readonly isCorrupted: boolean
}

const playRounds = (scenario: Scenario, actors: ReadonlyArray<Actor>, ticks: number) =>
  Effect.gen(function* () {
    const { observe, settle } = yield* Ledger
    const committees = committeesOf(scenario, actors)
    const nodes = actors.filter(({ kind }) => kind === "feedNode")
    const memories = new Map(nodes.map(({ id, agent, params, rng }) => [id, agent.begin(params, scenario.protocols, rng)]))
    const opening = yield* observe
    const feeds = new Map(opening.feeds)
    const played: Array<Played> = []
    for (let tick = 1; tick <= ticks; tick++) {
      const now = moment(scenario.calendar, tick)
      const view: LedgerView = { ...opening, feeds }
      const still = {
        pulse: openPulse,
        sites: new Map(),
        bills: new Map(),
        work: noWork,
        agreement: undefined,
        board: emptyBoard,
        gas: freeGas,
      }
      const world = look(scenario, nothingElse, [], { now, exogenous: openExogenous(scenario), ports: calm, ledger: view, ...still })
      const told = nodes.flatMap(({ id, agent, params, rng }) => {
        const decision = agent.decide({ self: id, params, memory: memories.get(id), world, rng })
        memories.set(id, decision.memory)
        return (decision.sightings ?? []).map((sighting) => ({ node: id, sighting }))
      })
      const orders = runFeeds(committees, told, view, now).actions.map((order) => ({ ...order, tipWei: 0n }))
      if (orders.length > 0) {
        const { receipts } = yield* settle(orders, now.timestampSeconds)
        const refused = receipts.find(({ status }) => status === "reverted")
        if (refused !== undefined) return yield* new CaseInvalid({ message: `O1: tick ${tick}: ${refused.reason}` })
        for (const { feed, answer, roundId, observedSeconds } of factsOf(receipts, "feeds.updated"))
          feeds.set(feed, { ...feeds.get(feed)!, answer, roundId, observedSeconds, updatedAtSeconds: now.timestampSeconds })
      }
      const colluding = new Map([...feeds.keys()].map((id) => [id, 0]))
      for (const { sighting } of told) if (sighting.isColluding) colluding.set(sighting.feed, colluding.get(sighting.feed)! + 1)
      for (const [id, { answer, decimals }] of feeds)
        played.push({ colluding: colluding.get(id)!, isCorrupted: fromAnswer(answer, decimals) !== truthUsd })
    }
    return played
  })

/**
 * The share of corrupted rounds, with the number of colluders, its square and its cube as control variates: their means follow from the agents'
 * parameters, and a sample with a few more colluders than that has a few more corrupted rounds.
 */
const estimate = (played: ReadonlyArray<Played>, n: number, p: number): Estimate => {
  const moments = [1, 2, 3].map((power) => momentOf(power, n, p))
  const rows = played.map(({ colluding }) => [1, ...moments.map((expected, index) => colluding ** (index + 1) - expected)])
  const hits = played.map(({ isCorrupted }): number => (isCorrupted ? 1 : 0))
  const columns = transposed(rows)
  const solved = inverse(times(columns, rows))
  const slopes =
    solved === undefined ? [mean(hits), 0, 0, 0] : times(solved, transposed([columns.map((column) => dot(column, hits))])).flat()
  const squares = hits.reduce((sum, hit, index) => sum + (hit - dot(rows[index]!, slopes)) ** 2, 0)
  return { mean: slopes[0]!, standardError: Math.sqrt(squares) / played.length }
}

/** Colluders without whom no answer is theirs: enough to sign alone, or to be in the middle. */
const collusionNeeded = ({ nodes, faulty, isForwarder, targetFactor }: Point): number => {
  const [n, f] = [Number(nodes), Number(faulty)]
  const alone = isForwarder === 1n ? f + 1 : Math.floor((n + f) / 2) + 1
  return Math.min(alone, targetFactor > 1 ? Math.ceil(n / 2) : Math.floor(n / 2) + 1)
}

/** Chance of exactly so many successes of n. */
const exactly = (k: number, n: number, p: number): number => {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways * p ** k * (1 - p) ** (n - k)
}

const sumOver = (from: number, n: number, of: (k: number) => number): number =>
  Array.from({ length: n - from + 1 }, (_, index) => of(from + index)).reduce((sum, value) => sum + value, 0)

/** Chance of at least so many successes of n, and mean of a power of their number. */
const atLeast = (least: number, n: number, p: number): number => sumOver(least, n, (k) => exactly(k, n, p))
const momentOf = (power: number, n: number, p: number): number => sumOver(0, n, (k) => k ** power * exactly(k, n, p))

const worldOf = ({ nodes, wrongShare, faulty, isForwarder, targetFactor }: Point, ticks: number): Scenario => {
  const ids = Array.from({ length: COMMITTEES }, (_, index) => `feed-${String(index + 1).padStart(2, "0")}`)
  return {
    name: "o1",
    question: "",
    calendar: { start: "2026-01-01", days: Math.ceil(ticks / ticksPerDay), ticksPerDay, epochDays: 1 },
    seeds: 1,
    sequence: "tip",
    chain: { kind: "free" },
    gpuFigures: "value",
    protocols: {
      ...stillProtocols,
      token: { genesisTokens: 10 },
      pool: { tokens: 1, usd: truthUsd, treasuryShare: 1 },
      feeds: ids.map((id) => ({
        id,
        kind: isForwarder === 1n ? "forwarder" : "ocr2",
        decimals: 8,
        faulty: Number(faulty),
        heartbeatHours: 8_760,
        deviationShare: 0,
      })),
      venue: { inventoryTokens: 1, feeBps: 0 },
    },
    markets: stillMarkets,
    faults: [],
    agents: [
      silentNode,
      ...ids.map((feed): AgentGroup & Readonly<Record<string, unknown>> => ({
        kind: "feedNode",
        id: `of-${feed}`,
        count: Number(nodes),
        feed,
        noiseShare: 0,
        lagHours: 0,
        uptimeShare: 1,
        usdPerReport: 0,
        colludeShare: wrongShare,
        targetFactor,
        downtimeNoiseShare: 0,
      })),
    ],
    objectives: [],
  }
}
