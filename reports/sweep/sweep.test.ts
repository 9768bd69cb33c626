import { describe, expect, test } from "vitest"
import { type SweepFixtureOptions, sweepFixture } from "../sweep.fixture.ts"
import type { SweepData } from "../sweepData.ts"
import { againstBase } from "./charts/againstBase.ts"
import { sections } from "./charts/index.ts"
import { fewSeeds } from "./fewSeeds.ts"
import { choiceOf } from "./page/chooser.ts"
import { levelsOf } from "./level.ts"
import { written } from "./page/percentiles.ts"
import { replayCommand } from "./replay.ts"
import { meanOver, openSweep } from "./sweep.ts"

const opened = (data: SweepData) => openSweep({ ...data, runsFolder: "results" })

const chartsOf = (options: SweepFixtureOptions, outcome?: string) => {
  const sweep = opened(sweepFixture(options))
  const choice = choiceOf(sweep, outcome === undefined ? {} : { outcome })!
  return sections.flatMap(({ charts }) => charts.map((make) => make(sweep, choice)).filter((chart) => chart !== undefined))
}

const cases: ReadonlyArray<readonly [SweepFixtureOptions, ReadonlyArray<string>]> = [
  [{}, ["region", "front", "knob-effects", "tornado", "against-base"]],
  [{ design: "sobol", seeds: 1 }, ["region", "knob-effects", "tornado", "against-base", "sensitivity"]],
  [{ design: "morris", hasObjectives: false }, ["region", "knob-effects", "tornado", "against-base", "sensitivity"]],
  [{ design: "search", failures: 5 }, ["region", "front", "knob-effects", "tornado", "against-base", "search"]],
  [{ design: "cases", hasValues: false }, ["region", "knob-effects", "tornado", "against-base"]],
]

describe.each(cases)("%j", (options, ids) => {
  const charts = chartsOf(options)

  test("has its charts, each with a question, an answer and an explanation", () => {
    expect(charts.map(({ id }) => id)).toEqual(ids)
    for (const { title, reading, caption } of charts) {
      expect(title).toMatch(/\?$/)
      expect(reading).toMatch(/\d.*\.$/)
      expect(`${title} ${reading} ${caption}`).not.toMatch(/undefined|NaN|Infinity/)
    }
  })

  test("gives every figure its numbers", () => {
    for (const { table, download, figures } of charts) {
      expect(figures.length).toBeGreaterThan(0)
      expect(table.rows.length).toBeGreaterThan(0)
      for (const { header, rows } of [table, download]) for (const row of rows) expect(row).toHaveLength(header.length)
    }
  })
})

test("a sweep of thousands draws no more than a browser can hold", () => {
  const charts = chartsOf({ design: "search", points: 3_000, seeds: 2 })
  for (const { figures } of charts)
    for (const figure of figures) {
      if (figure.kind === "scatter") expect(figure.points.length * 2).toBeLessThanOrEqual(5_000)
      if (figure.kind === "heat") expect(figure.cells.length).toBeLessThanOrEqual(200)
    }
  expect(charts.find(({ id }) => id === "against-base")?.caption).toMatch(/Drawn: 2000 of 2999/)
})

test("a knob that does nothing moves nothing, exactly", () => {
  const data = sweepFixture({ design: "grid", seeds: 4 })
  const idle = data.variants.map(({ index }) => data.values!["utilisation.mean"]![index]!)
  const still = { ...data, values: { ...data.values, "utilisation.mean": idle.map(() => idle[0]!) } }
  const estimates = {
    ...data.estimates,
    "utilisation.mean": data.estimates["utilisation.mean"]!.map(() => data.estimates["utilisation.mean"]![0]!),
  }
  const sweep = opened({ ...still, estimates })
  const choice = choiceOf(sweep, { outcome: "utilisation.mean" })!
  const tornado = sections.flatMap(({ charts }) => charts.map((make) => make(sweep, choice))).find((chart) => chart?.id === "tornado")
  expect(tornado?.reading).toContain("changes it by no change")
})

test("a variant is clearly higher only where it is so among all of them, not by itself", () => {
  const data = sweepFixture({ seeds: 5 })
  // At 95 % Student's t(4) is 2.776, at 99.896 %, where 48 hold at once, 8.52: three times as wide.
  const interval = (half: number) => ({ count: 5, mean: 1, low: 1 - half, high: 1 + half })
  const differences = data.variants.map(({ index }) => (index === data.base ? { count: 5, mean: 0, low: 0, high: 0 } : interval(0.9)))
  const sweep = opened({ ...data, differences: { ...data.differences, "priceUsd.end": differences.with(0, interval(0.3)) } })
  const chart = againstBase(sweep, choiceOf(sweep, { outcome: "priceUsd.end" })!)!
  expect(chart.reading).toContain("1 of 48 variants are clearly higher and 0 clearly lower")
  expect(chart.table.rows.find(([name]) => name === sweep.name(0))).toEqual([
    sweep.name(0),
    1,
    0.7,
    1.3,
    expect.closeTo(0.08, 2),
    expect.closeTo(1.92, 2),
    5,
  ])
})

describe("skewed outcomes over few seeds", () => {
  const data = sweepFixture({ seeds: 8 })
  const skewedIn = (variants: number, changes: object) => ({
    ...data,
    estimates: {
      ...data.estimates,
      "priceUsd.end": data.estimates["priceUsd.end"]!.map((estimate, index) =>
        index < variants ? { ...estimate, ...changes } : { ...estimate, skewness: 0 },
      ),
    },
  })

  test("are named with their seeds and variants", () => {
    expect(fewSeeds(data)).toBeUndefined()
    expect(fewSeeds(skewedIn(20, { skewness: -1.5 }))).toBe(
      "Skewed over few seeds, so that a 95 % interval holds the mean less often than it says: price in the pool, at the end (8 seeds, 20 of 49 variants).",
    )
  })

  test("are left alone where chance explains them, and where the seeds are enough", () => {
    expect(fewSeeds(skewedIn(10, { skewness: 1.5 }))).toBeUndefined()
    expect(fewSeeds(skewedIn(49, { skewness: 0.9 }))).toBeUndefined()
    expect(fewSeeds(skewedIn(49, { skewness: 1.5, count: 60 }))).toBeUndefined()
    expect(fewSeeds(skewedIn(49, { skewness: 1.5, count: 50 }))).toContain("50 seeds")
  })

  test("are not looked for in variants where nothing varies", () => {
    const still = skewedIn(10, { skewness: 1.5 })
    const estimates = still.estimates["priceUsd.end"]!.map((estimate, index) => (index < 10 ? estimate : { ...estimate, skewness: null }))
    expect(fewSeeds({ ...still, estimates: { ...still.estimates, "priceUsd.end": estimates } })).toContain("10 of 10 variants")
  })
})

test("a percentile that the seeds bound on one side has that side", () => {
  const ranges = [
    [1, 2],
    [1, null],
    [null, 2],
    [null, null],
  ].map(([low, high]) => written({ value: 1.5, low: low!, high: high! }, "").range)
  expect(ranges).toEqual(["1 to 2", "at least 1", "at most 2", "not bounded"])
})

test("in a grid the interval of a level is over seeds, elsewhere over the variants that stand for it", () => {
  const grid = opened(sweepFixture({ seeds: 5 }))
  expect(grid.isBalanced).toBe(true)
  expect(meanOver(grid, "priceUsd.end", [0, 1, 2]).count).toBe(5)
  const sample = opened(sweepFixture({ design: "sobol", points: 20, seeds: 5 }))
  expect(sample.isBalanced).toBe(false)
  expect(meanOver(sample, "priceUsd.end", [0, 1, 2]).count).toBe(3)
})

test("the best variant is admissible if any is, and the search's own where one was made", () => {
  const grid = opened(sweepFixture({ seeds: 40 }))
  expect(grid.data.admissible.some(({ verdict }) => verdict === "meets")).toBe(true)
  expect(grid.verdict(grid.best!)).toBe("meets")
  const search = sweepFixture({ design: "search" })
  expect(opened(search).best).toBe(search.search?.best)
  expect(opened(sweepFixture({ hasObjectives: false })).best).toBeUndefined()
})

test("a folder that a shell would read as more than a name is quoted", () => {
  expect(replayCommand("results", "ab12")).toBe("npm run -s lab -- replay results/ab12")
  expect(replayCommand("my results; rm", "ab12")).toBe("npm run -s lab -- replay 'my results; rm/ab12'")
})

test("a base that was added to a design is no setting of its knobs, and a knob that has no single value in it keeps its order", () => {
  const data = sweepFixture({ seeds: 4 })
  const { burn: _, ...own } = data.variants[0]!.values
  const added = { ...data.variants[0]!, index: data.variants.length, name: "scenario", values: { ...own, emission: 1234 } }
  const withBase = opened({
    ...data,
    variants: [...data.variants, added],
    base: added.index,
    admissible: [...data.admissible, data.admissible[0]!],
    estimates: Object.fromEntries(Object.entries(data.estimates).map(([id, list]) => [id, [...list, list[0]!]])),
    values: Object.fromEntries(Object.entries(data.values!).map(([id, list]) => [id, [...list, list[0]!]])),
  })
  expect(withBase.isBalanced).toBe(true)
  const labels = withBase.knobs.map((knob) => levelsOf(withBase, knob).map(({ label }) => label))
  expect(labels).toEqual(opened(data).knobs.map((knob) => levelsOf(opened(data), knob).map(({ label }) => label)))
})

test("differences of shares are told in points", () => {
  const charts = chartsOf({ design: "morris" }, "utilisation.mean")
  const of = (id: string) => charts.find((chart) => chart.id === id)!
  expect(of("knob-effects").reading).toMatch(/differ by 0\spoints on average/)
  expect(of("sensitivity").reading).toMatch(/by [\d.]+K?\spoints on average/)
})
