import { readFileSync, statSync } from "node:fs"
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { type Fault, faultKinds } from "../sim/faults/index.ts"
import { noStrain } from "../sim/feeds/feedStrain.ts"
import { genesis } from "../sim/genesis.ts"
import type { Row } from "../sim/metric.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { type FaultEffect, faultEffect, type Paths } from "./faultEffect.ts"
import { fragmentNames, fragmentPath, readFragment } from "./faultFragment.ts"
import { readScenario } from "./scenarioFile.ts"

// Runs on the in-process twin of the contracts. A run that breaks an invariant fails here: `run` stops with it.

const { scenario: baseline, catalogue } = readScenario("scenarios/baseline.yaml")
const days = 12
const { ticksPerDay } = baseline.calendar
const seeds = ["1", "2"]

const play = (faults: ReadonlyArray<Fault>, seed: string, length = days) => {
  const scenario: Scenario = { ...baseline, faults, calendar: { ...baseline.calendar, days: length } }
  const rows: Array<Row> = []
  const ledger = memoryLedger(genesis(scenario, cast(scenario, agents, seed)))
  const { stateDigest } = Effect.runSync(
    Effect.provide(run({ scenario, catalogue, agents, seed, onTick: ({ row }) => rows.push(row) }), ledger),
  )
  return { rows, stateDigest }
}
const paths = (faults: ReadonlyArray<Fault>): Paths => new Map(seeds.map((seed) => [seed, play(faults, seed).rows]))
const without = paths([])

/** The same fault earlier, for as long as its own length but at most five days. */
const fromDay = 5
const early = (fault: Fault): Fault => ({ ...fault, fromDay, toDay: fromDay + Math.min(5, fault.toDay - fault.fromDay) })

describe("a shipped fault moves what it says, and no invariant", () => {
  it.each(fragmentNames())("%s", (name) => {
    const { moves, faults } = readFragment(fragmentPath(name)).value
    const hit = paths(faults.map(early))
    const effects = moves.map((move) => faultEffect(move, without, hit, early(faults[0]!), ticksPerDay))
    const upward = ({ move: { direction } }: FaultEffect, value: number) => (direction === "up" ? value : -value)
    for (const effect of effects) expect(upward(effect, effect.difference.mean), effect.move.metric).toBeGreaterThan(0)
    for (const difference of effects[0]!.differences) expect(upward(effects[0]!, difference)).toBeGreaterThan(0)
    for (const [seed, rows] of hit) expect(rows.slice(0, fromDay * ticksPerDay).map(comparable)).toEqual(before(seed))
  })
})

/** Columns that every run has. */
const comparable = (row: Row): Row => Object.fromEntries(Object.keys(without.get("1")![0]!).map((column) => [column, row[column]!]))
const before = (seed: string) =>
  without
    .get(seed)!
    .slice(0, fromDay * ticksPerDay)
    .map(comparable)

const nobody = { share: 0 }
const inert: { readonly [K in Fault["kind"]]: Omit<Extract<Fault, { readonly kind: K }>, "fromDay" | "toDay"> } = {
  demand: { kind: "demand", factor: 1 },
  energy: { kind: "energy", factor: 1 },
  token: { kind: "token", factor: 1 },
  gpuFlood: { kind: "gpuFlood", group: "home", count: 0 },
  gpuFailure: { kind: "gpuFailure", rateFactor: 50, repairFactor: 2, ...nobody },
  regionOutage: { kind: "regionOutage", region: "germany", share: 1 },
  networkPartition: { kind: "networkPartition", cutsOff: "both", ...nobody },
  heatThrottling: { kind: "heatThrottling", speedShare: 0.1, ...nobody },
  corruptedResults: { kind: "corruptedResults", corruptedShare: 0, noticedShare: 1, share: 1 },
  oracleStale: { kind: "oracleStale", ...nobody },
  oracleDeviation: { kind: "oracleDeviation", factor: 1, share: 1 },
  oracleDown: { kind: "oracleDown", ...nobody },
  oracleBribe: { kind: "oracleBribe", reportedShare: 0, providers: { share: 1 }, ...nobody },
  reorg: { kind: "reorg", chancePerTick: 0, delayTicks: 5, order: "shuffled" },
  congestion: { kind: "congestion", gasFactor: 1, ordersPerTickMax: 1_000_000 },
  priceFeedLag: { kind: "priceFeedLag", lagHours: 0 },
  marketExploit: { kind: "marketExploit", stakeUsd: 1, drainUsdPerHour: 0, reactionHours: 0 },
  priceFeed: { kind: "priceFeed", feed: "none", ...noStrain },
}

describe("a fault that hits nobody changes nothing", () => {
  const plain = play([], "1", 4)
  it.each(Object.values(inert))("$kind", (fault) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 6 }), (fromDay, length) => {
        const { rows, stateDigest } = play([{ ...fault, fromDay, toDay: fromDay + length } as Fault], "1", 4)
        expect(rows.map(comparable)).toEqual(plain.rows.map(comparable))
        expect(stateDigest).toBe(plain.stateDigest)
      }),
      { numRuns: 2, seed: 5 },
    )
  })
})

it("gives each fault the same draws whatever other faults there are", () => {
  const failure: Fault = { kind: "gpuFailure", rateFactor: 20, repairFactor: 1, share: 0.5, fromDay: 1, toDay: 8 }
  const quiet: Fault = { ...inert.oracleDown, fromDay: 0, toDay: 8 } as Fault
  expect(play([quiet, failure], "1", 8)).toEqual(play([failure], "1", 8))
})

it("ships a fragment for every kind, and a page with a chart of it", () => {
  const shipped = fragmentNames().flatMap((name) => readFragment(fragmentPath(name)).value.faults.map(({ kind }) => kind))
  // The baseline has no price feed to hit, and no hole in its market: feeds.test.ts and disputes.test.ts.
  expect(new Set([...shipped, "priceFeed", "marketExploit"])).toEqual(new Set(Object.keys(faultKinds)))
  const page = readFileSync("docs/faults.md", "utf8")
  for (const name of fragmentNames()) {
    expect(page).toContain(`--with scenarios/faults/${name}.yaml`)
    expect(page).toContain(`(faults/${name}.svg)`)
    expect(statSync(`docs/faults/${name}.svg`).size).toBeLessThan(30_000)
  }
})
