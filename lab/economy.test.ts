import { Effect, Schema } from "effect"
import { describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { moment } from "../sim/clock.ts"
import type { Fact } from "../sim/ledger.ts"
import { genesis } from "../sim/genesis.ts"
import type { Row } from "../sim/metric.ts"
import type { AgentOutcome } from "../sim/outcome.ts"
import { openPulse, takePulse } from "../sim/pulse.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { crossCheck } from "./crossCheck.ts"
import { readScenario, ScenarioFile } from "./scenarioFile.ts"
import { toMicros, toWei } from "../sim/units.ts"

// What the baseline must look like to an economist. Runs on the in-process twin of the contracts, which a differential test holds to the
// chain to the wei, so that hundreds of runs take seconds.

const { scenario: baseline, catalogue } = readScenario("scenarios/baseline.yaml")
const days = (scenario: Scenario, count: number): Scenario => ({ ...scenario, calendar: { ...scenario.calendar, days: count } })
const cache = new Map<string, { rows: ReadonlyArray<Row>; agents: ReadonlyArray<AgentOutcome> }>()

const play = (scenario: Scenario, seed: string) => {
  const key = JSON.stringify([scenario, seed])
  const known = cache.get(key)
  if (known !== undefined) return known
  const rows: Row[] = []
  const result = Effect.runSync(
    Effect.provide(
      run({ scenario, catalogue, agents, seed, onTick: ({ row }) => rows.push(row) }),
      memoryLedger(genesis(scenario, cast(scenario, agents, seed))),
    ),
  )
  const played = { rows, agents: result.agents }
  cache.set(key, played)
  return played
}
const total = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + row[column]!, 0)
const mean = (values: ReadonlyArray<number>) => values.reduce((sum, value) => sum + value, 0) / values.length
const on = (rows: ReadonlyArray<Row>, column: string, fromDay: number, toDay: number) =>
  mean(rows.slice(fromDay * 4, toDay * 4).map((row) => row[column]!))
const seeds = ["1", "2", "3", "4", "5", "6", "7", "8"]

describe("baseline", () => {
  it("lets the price move both ways, within a run and between runs", () => {
    const paths = seeds.map((seed) => play(baseline, seed).rows.map((row) => row["priceUsd"]!))
    for (const path of paths) {
      const ups = path.filter((price, index) => index > 0 && price > path[index - 1]!).length / path.length
      expect(ups).toBeGreaterThan(0.2)
      expect(ups).toBeLessThan(0.8)
    }
    const endings = paths.map((path) => path.at(-1)! / path[0]!)
    expect(Math.max(...endings)).toBeGreaterThan(1)
    expect(Math.min(...endings)).toBeLessThan(1)
  })

  it("has providers of every class, who enter and leave after the start too", () => {
    const lives = seeds.map((seed) => play(baseline, seed).rows)
    for (const rows of lives) {
      expect(total(rows.slice(4), "providersEntered")).toBeGreaterThan(5)
      expect(total(rows.slice(4), "providersLeft")).toBeGreaterThan(5)
    }
    for (const gpu of ["rtx-4090", "a100", "h100"])
      expect(mean(lives.map((rows) => rows.at(-1)![`providersActive.${gpu}`]!))).toBeGreaterThan(1)
  })

  it("does most jobs in the network, at less than the cloud's price, and loses a few", () => {
    for (const seed of seeds) {
      const { rows } = play(baseline, seed)
      const served = total(rows, "jobsServed")
      const all = served + total(rows, "jobsCloud") + total(rows, "jobsLost") + total(rows, "jobsFailed")
      expect(served / all).toBeGreaterThan(0.6)
      expect(served / all).toBeLessThan(0.99)
      expect(on(rows, "paidUsdPerWorkHour", 10, 90)).toBeLessThan(on(rows, "cloudUsdPerWorkHour", 10, 90))
    }
  })

  it("keeps pool and outside price together within the fee band and a tick's news", () => {
    for (const seed of seeds) {
      const gaps = play(baseline, seed).rows.map((row) => Math.abs(row["priceUsd"]! / row["referencePriceUsd"]! - 1))
      expect(mean(gaps)).toBeLessThan(0.03)
    }
  })

  it("gives an agent the same draws whoever else is there", () => {
    const more = { ...baseline, agents: [...baseline.agents, { ...baseline.agents[0]!, id: "another", count: 1 }] }
    const draws = (scenario: Scenario) =>
      cast(scenario, agents, "1")
        .filter(({ group }) => group !== "another")
        .map(({ id, params }) => [id, params])
    expect(draws(more)).toEqual(draws(baseline))
  })

  it("does not depend on the order of the groups in the file", () => {
    const reversed = { ...baseline, agents: [...baseline.agents].reverse() }
    expect(play(days(reversed, 20), "1")).toEqual(play(days(baseline, 20), "1"))
  })
})

describe("a crash of demand", () => {
  it("hurts while it lasts, and is partly made good", () => {
    const { scenario: crash } = readScenario("scenarios/crash.yaml")
    const change = (column: string, from: number, to: number) =>
      mean(seeds.map((seed) => on(play(crash, seed).rows, column, from, to) / on(play(baseline, seed).rows, column, from, to)))
    expect(change("jobsServed", 0, 30)).toBe(1)
    for (const column of ["jobsServed", "jobRevenueUsd"]) {
      expect(change(column, 40, 60)).toBeLessThan(0.75)
      expect(change(column, 75, 90)).toBeGreaterThan(0.85)
    }
    expect(change("providersActive.all", 45, 60)).toBeLessThan(0.92)
    expect(change("providersActive.all", 80, 90)).toBeGreaterThan(change("providersActive.all", 45, 60))
    expect(change("priceUsd", 50, 60)).toBeLessThan(0.97)
  })
})

describe("fraud", () => {
  const { scenario: fraud } = readScenario("scenarios/fraud.yaml")
  const outcome = (coverageShare: number) => {
    const scenario = { ...fraud, agents: fraud.agents.map((group) => (group.kind === "oracleNode" ? { ...group, coverageShare } : group)) }
    const lives = seeds.slice(0, 4).map((seed) => play(scenario, seed))
    const ghosts = lives.flatMap((life) => life.agents.filter(({ values }) => values["isHonest"] === 0))
    return {
      profitUsd: mean(ghosts.map(({ values }) => values["profitUsd"]!)),
      daysActive: mean(ghosts.map(({ values }) => values["daysActive"]!)),
      slashedCheatTokens: mean(lives.map(({ rows }) => rows.at(-1)!["slashedCheatTokens"]!)),
      slashedHonestTokens: mean(lives.map(({ rows }) => rows.at(-1)!["slashedHonestTokens"]!)),
    }
  }

  it("pays where nobody looks, and does not pay where everybody does", () => {
    expect(outcome(0).profitUsd).toBeGreaterThan(1000)
    expect(outcome(1).profitUsd).toBeLessThan(0)
    expect(outcome(1).daysActive).toBeLessThan(outcome(0).daysActive / 2)
  })

  it("is found more often the more is checked, at some cost to the honest", () => {
    expect(outcome(0)).toMatchObject({ slashedCheatTokens: 0, slashedHonestTokens: 0 })
    expect(outcome(0.5).slashedCheatTokens).toBeGreaterThan(0)
    expect(outcome(1).slashedHonestTokens).toBeGreaterThan(0)
    expect(outcome(1).slashedHonestTokens).toBeLessThan(outcome(1).slashedCheatTokens)
  })
})

describe("what the outside market takes for the holders' income", () => {
  // Of the fee, a tenth of a payment, eight tenths are burned; what the treasury keeps counts half.
  it.each([
    ["burn-models", 0.08 + 0.02 / 2],
    ["burn-buyback", 0.08 + 0.02 / 2],
    ["burn-credits", 0.4 + 0.08 + 0.02 / 2],
    ["burn-lock", 0.08 + 0.02 / 2],
    ["burn-tax", 0.08 + 0.02 / 2],
    ["burn-treasury", 0.1 / 2],
  ])("is what buyers pay, as %s divides it, and no tax that holders pay", (name, share) => {
    const { scenario } = readScenario(`scenarios/${name}.yaml`)
    const facts: ReadonlyArray<Fact> = [
      { kind: "market.opened", agent: "lab-1", slot: 0, provider: "home-1", amountMicros: toMicros(1000) },
      { kind: "tax.split", burnedWei: toWei(500), treasuryWei: toWei(300), stakersWei: toWei(200) },
    ]
    const { burnUsdPerDay } = takePulse(scenario, openPulse, moment(scenario.calendar, 1), facts, new Map(), new Map())
    expect(burnUsdPerDay).toBeCloseTo(4 * 1000 * share, 9)
  })
})

describe("every knob moves something", () => {
  const decode = Schema.decodeUnknownSync(ScenarioFile)
  const tryDecode = (data: unknown): Scenario | undefined => {
    try {
      return decode(data) as Scenario
    } catch {
      return undefined
    }
  }
  /** Names, texts and the number of runs change nothing, and should not; the date only stamps the blocks. */
  const wordless = ["name", "question", "seeds", "objectives", "kind", "id", "start", "preset", "days"]
  /** Of protocols and chains that the baseline and this twin do not have: knobs.test.ts. */
  const elsewhere = [
    "chain",
    "priceSource",
    "debtUsdPerGpu",
    "pocketUsd",
    "feeShareMax",
    "claimWaitDays",
    "heartbeatFeeShareMax",
    "payoutFeeShareMax",
    "reportUsdMax",
    "checkShare",
    "resultCheckUsd",
    "misjudgedShareBelieved",
    "disputeShare",
  ]
  /** Of owners of hardware: providerKinds.test.ts; and what only moves who leaves: agents/provider.test.ts. */
  const owners = ["energyContract", "procurementDays", "accountsEveryDays", "noticeDays"]
  /** Of matching and waiting: jobMarkets.test.ts. */
  const lines = ["jobs", "patienceHours"]
  /** Of the catalogue, when a file is read: catalogue.test.ts. */
  const outside = ["gpuFigures"]
  const inert = new Set([...wordless, ...elsewhere, ...owners, ...lines, ...outside])
  type Path = ReadonlyArray<string | number>
  const isDistribution = (value: object) => "kind" in value && !("count" in value)
  const knobs = (value: unknown, path: Path = []): ReadonlyArray<readonly [Path, unknown]> => {
    if (path.some((key) => inert.has(String(key)))) return []
    if (typeof value !== "object" || value === null || isDistribution(value)) return [[path, value]]
    return Object.entries(value).flatMap(([key, inner]) => knobs(inner, [...path, Array.isArray(value) ? Number(key) : key]))
  }
  const others = (value: unknown): ReadonlyArray<unknown> => {
    if (typeof value === "number")
      return value === 0 ? [0.5, 1] : [value * 4, value * 2, value + 2, value / 4, 1, 0].filter((other) => other !== value)
    if (typeof value === "object")
      return [scaled(value as object, 3), scaled(value as object, 0.3), narrowed(value as { low?: number; high?: number })]
    return (
      {
        "rtx-4090": ["h100"],
        a100: ["h100"],
        h100: ["a100"],
        "us-home": ["germany"],
        texas: ["germany"],
        nordics: ["germany"],
        training: ["inference"],
        inference: ["training"],
        rendering: ["training"],
        tip: ["shuffle"],
      }[String(value)] ?? []
    )
  }
  const scaled = (distribution: object, factor: number) =>
    Object.fromEntries(
      Object.entries(distribution).map(([key, value]) => [key, typeof value === "number" && key !== "sigma" ? value * factor : value]),
    )
  const narrowed = (distribution: { readonly low?: number; readonly high?: number }) => ({ ...distribution, low: distribution.high })
  const replaced = (value: unknown, [key, ...rest]: Path, other: unknown): unknown => {
    if (key === undefined) return other
    if (Array.isArray(value)) return value.map((inner, index) => (index === key ? replaced(inner, rest, other) : inner))
    const record = value as Record<string, unknown>
    return { ...record, [key]: replaced(record[key], rest, other) }
  }
  /** A whale acts late. */
  const horizonDays = (name: string) => (name.startsWith("agents.whale") ? 90 : 30)
  const nameOf = (path: Path) => path.map((key, index) => (path[index - 1] === "agents" ? baseline.agents[Number(key)]!.id : key)).join(".")

  it.each(knobs(baseline).map(([path, value]) => [nameOf(path), path, value] as const))("%s", (name, path, value) => {
    const plain = days(baseline, horizonDays(name))
    const variants = others(value)
      .flatMap((other) => tryDecode(replaced(plain, path, other)) ?? [])
      .filter((variant) => crossCheck(variant, catalogue).length === 0)
    expect(variants.length).toBeGreaterThan(0)
    const before = JSON.stringify(play(plain, "1").rows.at(-1))
    expect(variants.some((variant) => JSON.stringify(play(variant, "1").rows.at(-1)) !== before)).toBe(true)
  })
})
