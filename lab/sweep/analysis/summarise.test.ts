import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { Schema } from "effect"
import { describe, expect, onTestFinished, test } from "vitest"
import { SweepData } from "../../../reports/sweepData.ts"
import { stream } from "../../../sim/rng.ts"
import { morrisDesign } from "../../../sim/sampling/morrisDesign.ts"
import { packageFile } from "../../packageRoot.ts"
import { planSweep, type SweepPlan } from "../variants.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { paretoFront } from "./paretoFront.ts"
import { sensitivityOf } from "./sensitivity.ts"
import { summarise } from "./summarise.ts"
import { unsettled } from "./unsettled.ts"

const planOf = (lines: string): SweepPlan => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-sweep-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, "sweep.yaml")
  const scenario = relative(folder, packageFile("scenarios", "baseline.yaml"))
  writeFileSync(path, `name: s\nquestion: q\nscenario: ${scenario}\nseeds: 4\n${lines}`)
  return planSweep(path)
}

const maker: OutcomeTable["maker"] = { depinlab: "0", code: "c", node: "v24", anvil: "1", anvilSha256: "s", solc: "0.8", contracts: {} }

type Estimate = SweepData["estimates"][string][number]

const outcomes = [
  { metric: "providerProfitUsd", window: "mean" },
  { metric: "utilisation", window: "mean" },
  { metric: "supplyTokens", window: "end" },
  { metric: "priceUsd", window: "min" },
] as const

/** Numbers as runs would give them: `response` of the knobs at a seed; NaN is a failed run. */
const tableOf = (
  plan: SweepPlan,
  response: (values: SweepPlan["variants"][number]["values"], seed: number, metric: string) => number,
): OutcomeTable => {
  const values = Object.fromEntries(
    outcomes.map(({ metric, window }) => [
      `${metric}.${window}`,
      plan.variants.map((variant) => Float64Array.from(plan.seeds, (_, seed) => response(variant.values, seed, metric))),
    ]),
  )
  const runs = plan.variants.map((variant) =>
    plan.seeds.map((seed, i) => (Number.isNaN(response(variant.values, i, "priceUsd")) ? null : `${variant.hash.slice(0, 8)}-${seed}`)),
  )
  return { outcomes, values, runs, failures: [], maker }
}

const grid = "knobs: { emission: protocols.emissions.tokensPerEpoch }\ndesign: { kind: grid, values: { emission: [1000, 2000, 4000] } }\n"

describe("summary of a sweep", () => {
  test("is what its schema says, with the base's difference exactly 0 and paired ones without the seeds' noise", () => {
    const plan = planOf(grid)
    const noise = (seed: number) => 1e6 * stream("t", String(seed)).normal()
    const found = summarise(
      plan,
      tableOf(plan, ({ emission }, seed) => Number(emission) + noise(seed)),
    )
    expect(() => Schema.decodeUnknownSync(SweepData)(JSON.parse(JSON.stringify(found)))).not.toThrow()
    const differences = found.differences["providerProfitUsd.mean"]!
    expect(differences[0]).toEqual({ count: 4, mean: 0, low: 0, high: 0 })
    expect(differences[1]!.mean).toBeCloseTo(1000, 6)
    expect(differences[1]!.high! - differences[1]!.low!).toBeLessThan(1e-6)
    expect(found.estimates["providerProfitUsd.mean"]![1]!.high! - found.estimates["providerProfitUsd.mean"]![1]!.low!).toBeGreaterThan(1e5)
  })

  test("gives a variant with the base's runs a difference of exactly 0", () => {
    const plan = planOf(grid)
    const found = summarise(
      plan,
      tableOf(plan, (_, seed) => stream("t", String(seed)).normal()),
    )
    for (const difference of found.differences["priceUsd.min"]!) expect(difference).toEqual({ count: 4, mean: 0, low: 0, high: 0 })
  })

  test("counts a failed run for nothing, and a run without a value against its objective", () => {
    const plan = planOf(grid)
    const found = summarise(
      plan,
      tableOf(plan, ({ emission }, seed, metric) =>
        emission === 2000 && seed === 0 ? NaN : metric === "utilisation" ? NaN : metric === "supplyTokens" ? 0 : 1,
      ),
    )
    expect(found.variants[1]!.failed).toBe(1)
    expect(found.objectives.find(({ metric }) => metric === "providerProfitUsd")!.byVariant[1]).toMatchObject({ passes: 3, runs: 3 })
    expect(found.objectives.find(({ metric }) => metric === "utilisation")!.byVariant[0]).toMatchObject({
      passes: 0,
      runs: 4,
      verdict: "fails",
    })
    expect(found.admissible[0]).toMatchObject({ passes: 0, verdict: "fails" })
    expect(found.estimates["utilisation.mean"]![0]).toMatchObject({ count: 0, mean: null })
  })

  test("gives percentiles the ends that the seeds allow, and says how skewed they are", () => {
    const plan = planOf(grid)
    const table = tableOf(plan, (_, seed) => seed ** 2)
    const [{ p50, p90, skewness }] = summarise(plan, table).estimates["priceUsd.min"] as readonly [Estimate]
    expect(p50).toEqual({ value: 2.5, low: null, high: null })
    expect(p90).toEqual({ value: expect.closeTo(7.5, 0), low: 1, high: null })
    expect(skewness).toBeGreaterThan(0)
  })

  test("finds admissible what meets all, where the runs are enough to say so", () => {
    const plan = planOf(grid)
    const found = summarise(
      plan,
      tableOf(plan, ({ emission }, _, metric) => (metric === "supplyTokens" ? Number(emission) * 5_000 : 1)),
    )
    expect(found.admissible.map(({ verdict }) => verdict)).toEqual(["meets", "meets", "fails"])
    expect(found.front!.objectives.find(({ outcome }) => outcome === "supplyTokens.end")!.goal).toBe("min")
    expect(found.front!.variants).toEqual([0])
  })

  test("knows a knob from another by the blocks of its design", () => {
    const knobs = { a: {}, b: {} }
    const points = morrisDesign(2, 6, 4, "1").flat()
    const values = points.map(([a]) => Float64Array.from([3 * a!, 3 * a! + 1]))
    const table: OutcomeTable = {
      outcomes: [{ metric: "priceUsd", window: "end" }],
      values: { "priceUsd.end": values },
      runs: points.map(() => ["x", "y"]),
      failures: [],
      maker,
    }
    const found = sensitivityOf({ kind: "morris", trajectories: 6, levels: 4, seed: "1", ranges: knobs }, table, ["priceUsd.end"])
    expect(found.runs).toBe(36)
    if (found.method !== "morris") throw new Error(found.method)
    expect(found.byOutcome["priceUsd.end"]!.knobs[0]!.muStar.value).toBeCloseTo(3, 9)
    expect(found.byOutcome["priceUsd.end"]!.knobs[1]!.muStar).toEqual({ value: 0, low: 0, high: 0 })
  })
})

describe("Pareto front", () => {
  test("keeps what nothing beats, equals too, and drops what has no value", () => {
    expect(
      paretoFront(
        ["max", "min"],
        [
          [1, 1],
          [2, 2],
          [2, 3],
          [2, 2],
          [NaN, 0],
        ],
      ),
    ).toEqual([0, 1, 3])
  })
})

describe("sequential stopping", () => {
  test("asks for more seeds only where the interval is too wide, and never beyond the most", () => {
    const values = [
      Float64Array.from({ length: 20 }, (_, i) => 1 + 0.001 * (i % 2)),
      Float64Array.from({ length: 20 }, (_, i) => (i % 2) * 9),
    ]
    const table: OutcomeTable = {
      outcomes: [{ metric: "priceUsd", window: "end" }],
      values: { "priceUsd.end": values },
      runs: values.map((row) => Array.from(row, String)),
      failures: [],
      maker,
    }
    const until = { outcome: "priceUsd.end", halfWidth: 0.05, relative: false, seedsMax: 24 }
    expect(unsettled(until, table)).toEqual([{ variant: 1, seeds: 24 }])
    expect(unsettled({ ...until, seedsMax: 20 }, table)).toEqual([])
  })
})
