import { describe, expect, test } from "vitest"
import { type SweepFixtureOptions, sweepFixture } from "../sweep.fixture.ts"
import type { SweepData } from "../sweepData.ts"
import { sections } from "./charts/index.ts"
import { choiceOf } from "./page/chooser.ts"
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
