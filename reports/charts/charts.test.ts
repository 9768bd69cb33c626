import { describe, expect, test } from "vitest"
import type { Chart } from "../chart.ts"
import { reportFixture } from "../report.fixture.ts"
import { openReport } from "../report.ts"
import { sections } from "./index.ts"
import { priceGap } from "./priceGap.ts"
import { profitDistribution } from "./profitDistribution.ts"
import { providersByClass } from "./providersByClass.ts"

const chartsOf = (...options: Parameters<typeof reportFixture>): ReadonlyArray<Chart> => {
  const report = openReport(reportFixture(...options))
  return sections.flatMap(({ charts }) => charts.map((make) => make(report)).filter((chart) => chart !== undefined))
}

const cases = [
  ["a run of five seeds", {}],
  ["a run of one seed and one day", { seeds: 1, days: 1 }],
  ["a run of forty seeds", { seeds: 40, days: 10 }],
  ["a comparison", { kind: "compare", seeds: 3, days: 20 }],
  ["a comparison of one pair", { kind: "compare", seeds: 1, days: 5 }],
] as const

describe.each(cases)("%s", (_, options) => {
  const charts = chartsOf(options)

  test("has a question, an answer and an explanation in every chart", () => {
    expect(charts.length).toBeGreaterThan(15)
    expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length)
    for (const { title, reading, caption } of charts) {
      expect(title).toMatch(/\?$/)
      expect(reading).toMatch(/\d.*\.$|^No metric|^Clear/)
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

test("a chart whose metrics are missing is left out, and the others stay", () => {
  const all = chartsOf({}).map(({ id }) => id)
  const left = new Set(chartsOf({ without: ["priceUsd", "gasUsed", "poolAgainstHoldRatio"] }).map(({ id }) => id))
  expect(all.filter((id) => !left.has(id))).toEqual(["price", "pool-against-hold", "chain-load"])
  expect(chartsOf({ without: ["referencePriceUsd"] }).find(({ id }) => id === "price")?.figures).toHaveLength(1)
})

test("no data makes no chart", () => {
  const report = openReport({ ...reportFixture({ days: 2 }), series: {}, agents: [], runs: [] })
  expect(sections.flatMap(({ charts }) => charts.map((make) => make(report)).filter(Boolean))).toEqual([])
})

test("differences come first in a comparison and not at all in a run", () => {
  expect(chartsOf({ kind: "compare" })[0]?.id).toBe("differences")
  expect(chartsOf({}).map(({ id }) => id)).not.toContain("differences")
})

test("few seeds have a band from lowest to highest, many have 50 % and 90 %", () => {
  const price = (seeds: number) => {
    const chart = chartsOf({ seeds, days: 3 }).find(({ id }) => id === "price")
    const [figure] = chart?.figures ?? []
    return { caption: chart?.caption, bands: figure?.kind === "fan" ? figure.lines[0]?.bands.length : undefined }
  }
  expect(price(1)).toEqual({ caption: expect.stringContaining("no band"), bands: 0 })
  expect(price(5)).toEqual({ caption: expect.stringContaining("lowest to highest"), bands: 1 })
  expect(price(20)).toEqual({ caption: expect.stringContaining("50 % of seeds and 90 % of seeds"), bands: 2 })
})

test("a class of GPU has one colour in every chart", () => {
  const report = openReport(reportFixture())
  const styles = (chart: Chart | undefined) => chart?.legend.map(({ label, style }) => `${label} ${style}`)
  expect(styles(providersByClass(report))).toEqual(["RTX 4090 0", "A100 1", "H100 2"])
  expect(styles(profitDistribution(report))).toEqual(styles(providersByClass(report)))
})

test("the CSV of a fan holds every single run", () => {
  const chart = chartsOf({ seeds: 3, days: 4 }).find(({ id }) => id === "staked")
  expect(chart?.table.header).toEqual(["Day", "Staked", "Staked, low", "Staked, high"])
  expect(chart?.download.header).toEqual([...(chart?.table.header ?? []), "Staked, seed 1", "Staked, seed 2", "Staked, seed 3"])
})

test("what only one of two scenarios has is told of that one", () => {
  const data = reportFixture({ kind: "compare", seeds: 2, days: 3 })
  const gaps = data.runs.map(({ scenario }) => [0.1, 0.1, 0.1].map((gap) => (scenario === 0 ? null : gap)))
  const metric = { label: "Gap", unit: "share", description: "" }
  const report = openReport({
    ...data,
    metrics: { ...data.metrics, priceGapShare: metric },
    series: { ...data.series, priceGapShare: gaps },
  })
  expect(priceGap(report)?.reading).toMatch(/by 10\s% .* in burn-80; baseline has nothing of the kind\.$/)
})
