import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import { stringify } from "yaml"
import { agents } from "../../agents/index.ts"
import { cast } from "../../sim/actor.ts"
import { genesis } from "../../sim/genesis.ts"
import { stepReference } from "../../sim/markets/reference.ts"
import type { Row } from "../../sim/metric.ts"
import { stream } from "../../sim/rng.ts"
import { run } from "../../sim/run.ts"
import { memoryLedger } from "../../sim/testing/memoryLedger.ts"
import type { CheckedScenario } from "../scenarioFile.ts"
import { calibrate, type Simulate } from "./calibrate.ts"
import { type Calibration, readCalibration } from "./calibrationFile.ts"
import { type DataTable, readTable } from "./dataTable.ts"
import { observed, type Recovered, recovered, trueScenario } from "./recovery.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-calibrate-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))

let written = 0
const calibrationOf = (changes: object): Calibration => {
  const path = join(here, `${++written}.yaml`)
  writeFileSync(path, stringify({ ...priceOnly, ...changes }))
  return readCalibration(path)
}
const scenario = relative(here, resolve("scenarios/calibrations/small-network.yaml"))
const parameter = (path: string, low: number, high: number, scale = "linear") => ({ path, low, high, scale })
const volatility = parameter("markets.reference.volatilityPerYear", 0.2, 2.5, "log")
const drift = parameter("markets.reference.driftPerYear", -5, 5)
const priceOnly = {
  name: "price-only",
  question: "What moves the price?",
  scenario,
  data: { dateColumn: "date", every: "day" },
  training: { from: "2026-01-01", to: "2026-03-31" },
  series: [{ id: "price", metric: "priceUsd", column: "price", of: "last" }],
  parameters: [volatility, drift],
  moments: [
    { series: "price", statistic: "sdLogChange" },
    { series: "price", statistic: "meanLogChange" },
  ],
  seeds: 10,
  finalSeeds: 20,
  search: { points: 6, starts: 1, iterations: 5 },
}

/** The outside price alone, without a network: quick enough for hundreds of fits. */
const outsidePrice: Simulate<never> = (scenarios, seeds) =>
  Effect.succeed(scenarios.map(({ scenario }) => seeds.map((seed) => priceRows(scenario, seed))))

const priceRows = ({ calendar, markets }: CheckedScenario["scenario"], seed: string): ReadonlyArray<Row> => {
  const rng = stream(seed, "price")
  let reference = { usdPerToken: 1 }
  return Array.from({ length: calendar.days * calendar.ticksPerDay }, () => {
    const signals = { netPurchaseUsd: 0, burnUsdPerDay: undefined, circulatingTokens: 1, shockFactor: 1 }
    reference = stepReference(markets.reference, reference, signals, 1 / calendar.ticksPerDay, rng)
    return { priceUsd: reference.usdPerToken }
  })
}

/** Whole networks on the in-process twin of the contracts. */
const network: Simulate<never> = (scenarios, seeds) =>
  Effect.sync(() => scenarios.map((checked) => seeds.map((seed) => networkRows(checked, seed))))

const networkRows = ({ scenario, catalogue }: CheckedScenario, seed: string): ReadonlyArray<Row> => {
  const rows: Row[] = []
  const ledger = memoryLedger(genesis(scenario, cast(scenario, agents, seed)))
  Effect.runSync(Effect.provide(run({ scenario, catalogue, agents, seed, onTick: ({ row }) => rows.push(row) }), ledger))
  return rows
}

/** The scenario's own data, through a file as a user would have them. */
const ownTable = (calibration: Calibration, simulate: Simulate<never>, seed: string): DataTable => {
  const [[rows = []] = []] = Effect.runSync(simulate([trueScenario(calibration)], [seed]))
  const path = join(here, `${calibration.spec.name}-${seed}.csv`)
  writeFileSync(path, observed(calibration, rows, seed))
  return readTable(path, calibration.spec)
}

const refused = (changes: object, simulate = outsidePrice): Promise<string> => {
  const calibration = calibrationOf(changes)
  return Effect.runPromise(
    calibrate(calibration, ownTable(calibration, simulate, "data"), { simulate }).pipe(
      Effect.as("fitted"),
      Effect.catchTag("CalibrationInvalid", ({ message }) => Effect.succeed(message)),
    ),
  )
}

describe("recovery", () => {
  it("nine in ten intervals or more hold the values that made the data, and they are narrow enough to mean something", () => {
    const calibration = calibrationOf({})
    const found = Array.from({ length: 30 }, (_, index) => {
      const table = ownTable(calibration, outsidePrice, `data-${index}`)
      return recovered(calibration, Effect.runSync(calibrate(calibration, table, { simulate: outsidePrice })).estimates)
    })
    const inside = found.flat().filter(({ isInside }) => isInside).length
    expect(inside / (2 * found.length)).toBeGreaterThanOrEqual(0.9)
    // Ninety days tell volatility to some 8 %, so an interval to either side is about 17 %.
    for (const [{ low, high, estimate }] of found as unknown as ReadonlyArray<readonly [Recovered]>)
      expect((high - low) / estimate).toBeLessThan(0.6)
  })

  it("finds jobs and volatility again in the results of a whole network", () => {
    const calibration = calibrationOf({
      name: "network",
      training: { from: "2026-01-08", to: "2026-02-06" },
      series: [...priceOnly.series, { id: "jobs", metric: "jobsServed", column: "jobs", of: "flow" }],
      parameters: [volatility, parameter("agents.app.jobsPerDay", 4, 30, "log")],
      moments: [
        { series: "price", statistic: "sdLogChange" },
        { series: "jobs", statistic: "mean" },
      ],
      seeds: 4,
      finalSeeds: 8,
      search: { points: 4, starts: 1, iterations: 4 },
    })
    const { estimates } = Effect.runSync(calibrate(calibration, ownTable(calibration, network, "data-1"), { simulate: network }))
    expect(recovered(calibration, estimates).map(({ path, truth, isInside }) => ({ path, truth, isInside }))).toEqual([
      { path: volatility.path, truth: 0.8, isInside: true },
      { path: "agents.app.jobsPerDay", truth: 12, isInside: true },
    ])
  })
})

describe("a hold-out", () => {
  it("is not looked at: other values there leave every estimate and every prediction as they are", () => {
    const calibration = calibrationOf({ training: { from: "2026-01-01", to: "2026-02-28" }, holdOut: { to: "2026-03-10" } })
    const table = ownTable(calibration, outsidePrice, "data")
    const price = table.values.get("price")!
    const other = { ...table, values: new Map([["price", price.map((value, index) => (index < calibration.trainingCount ? value : 1e6))]]) }
    const [a, b] = [table, other].map((one) => Effect.runSync(calibrate(calibration, one, { simulate: outsidePrice })))
    expect(b!.estimates).toEqual(a!.estimates)
    const predictions = (result: typeof a) => result!.forecasts[0]!.steps.map(({ actual: _, ...step }) => step)
    expect(predictions(a)).toHaveLength(10)
    expect(predictions(b)).toEqual(predictions(a))
    expect(b!.forecasts[0]!.errors.simulated).toBeGreaterThan(a!.forecasts[0]!.errors.simulated + 5)
  })
})

describe("what the moments cannot tell", () => {
  it("a parameter that moves nothing is named", async () => {
    const message = await refused({ parameters: [volatility, parameter("protocols.market.feeBps", 0, 5000)] })
    expect(message).toMatch(/^protocols\.market\.feeBps is not identified: no moment changes with it between 0 and 5000/)
  })

  it("two parameters that do the same are named together", async () => {
    const sum: Simulate<never> = (scenarios, seeds) => {
      const both = scenarios.map((checked) => {
        const { volatilityPerYear, driftPerYear } = checked.scenario.markets.reference
        const reference = { ...checked.scenario.markets.reference, volatilityPerYear: 1, driftPerYear: volatilityPerYear + driftPerYear }
        return { ...checked, scenario: { ...checked.scenario, markets: { ...checked.scenario.markets, reference } } }
      })
      return outsidePrice(both, seeds)
    }
    const parameters = [parameter(volatility.path, 0.2, 2.2), parameter(drift.path, 0.2, 2.2)]
    const moments = ["meanLogChange", "growth"].map((statistic) => ({ series: "price", statistic }))
    expect(await refused({ parameters, moments }, sum)).toMatch(
      /^markets\.reference\.volatilityPerYear and markets\.reference\.driftPerYear are not identified together/,
    )
  })

  it("a moment without spread in the data is named", async () => {
    const flat: Simulate<never> = (scenarios, seeds) =>
      Effect.succeed(
        scenarios.map(({ scenario: { calendar } }) => seeds.map(() => Array.from({ length: calendar.days * 3 }, () => ({ priceUsd: 1 })))),
      )
    expect(await refused({}, flat)).toMatch(/^price\.sdLogChange: the training data have too few different values/)
  })
})
