import { expect, test } from "vitest"
import { pairedDifference } from "../sim/stats/pairedDifference.ts"
import { outcomeByDay, outcomeBySeed, outcomes, pairedMeans } from "./outcome.ts"
import { reading, seedsReading } from "./reading.ts"
import { reportFixture } from "./report.fixture.ts"
import { openReport } from "./report.ts"

const run = openReport(reportFixture())
const compare = openReport(reportFixture({ kind: "compare", seeds: 4, days: 30 }))

test("a family stands for its total, and its members do not repeat it", () => {
  expect(run.has("providersActive")).toBe(true)
  expect(run.series("providersActive", 0)).toEqual(run.series("providersActive.all", 0))
  expect(run.family("providersActive").map(({ member }) => member)).toEqual(["rtx-4090", "a100", "h100"])
  expect(run.unit("providersActive")).toBe("providers")
})

test("a metric that is missing, or has no value on any day, is not there", () => {
  const data = reportFixture({ without: ["priceUsd"], seeds: 1, days: 2 })
  const report = openReport({ ...data, series: { ...data.series, poolUsd: [[null, null]] } })
  expect(report.has("priceUsd")).toBe(false)
  expect(report.has("poolUsd")).toBe(false)
  expect(report.has("stakedTokens", "priceUsd")).toBe(false)
  expect(report.series("priceUsd", 0)).toEqual([])
})

test("scenarios of one name are told apart", () => {
  const data = reportFixture({ kind: "compare", seeds: 1, days: 2 })
  const twins = data.scenarios.map((scenario) => ({ ...scenario, name: "same" }))
  expect(openReport({ ...data, scenarios: twins }).scenarioNames).toEqual(["same (1)", "same (2)"])
})

test("outcomes are made of the series of one seed", () => {
  const data = reportFixture({ seeds: 1, days: 3 })
  const report = openReport({
    ...data,
    series: { jobsServed: [[8, 9, 3]], jobsFailed: [[0, 0, 1]], jobsLost: [[1, 0, 0]], jobsCloud: [[1, 1, 1]], priceUsd: [[1, 2, null]] },
  })
  expect(outcomeBySeed(report, outcomes.price, 0)).toEqual(new Map([["1", 2]]))
  expect(outcomeBySeed(report, outcomes.servedShare, 0)).toEqual(new Map([["1", 20 / 25]]))
  expect(outcomeByDay(report, outcomes.servedShare, 0)).toEqual(new Map([["1", [0.8, 0.9, 0.6]]]))
})

test("the means of a comparison differ by exactly the paired difference, whatever seeds one side has alone", () => {
  const base = new Map([
    ["1", 2],
    ["2", 4],
    ["only base", 100],
  ])
  const variant = new Map([
    ["2", 9],
    ["1", 3],
    ["only variant", -100],
    ["undefined here", NaN],
  ])
  const [from, to] = pairedMeans(base, variant)
  expect([from, to]).toEqual([3, 6])
  expect(to - from).toBe(pairedDifference(base, variant).mean)
})

test("a sentence states the median and what lies around it", () => {
  expect(seedsReading([0.4, 0.5, 0.3], "USD")).toBe("0.4\u202fUSD (0.3 to 0.5\u202fUSD over 3 seeds)")
  expect(seedsReading([3], "GPUs")).toBe("3\u202fGPUs (one seed)")
  expect(seedsReading([3.0001, 3.0002], "GPUs")).toBe("3\u202fGPUs (the same to three digits over 2 seeds)")
  expect(seedsReading([3, 3], "GPUs")).toBe("3\u202fGPUs (the same over 2 seeds)")
  expect(seedsReading([0.01, 0.03], "share", true)).toBe("+2\u202f% (+1 to +3\u202f% over 2 seeds)")
  expect(
    seedsReading(
      Array.from({ length: 21 }, (_, i) => i),
      "",
    ),
  ).toBe("10 (1 to 19 in 90 % of 21 seeds)")
})

test("a comparison states both sides and the paired difference", () => {
  expect(reading(compare, "The price ends at", outcomes.price)).toMatch(
    /^The price ends at .+ in baseline and .+ in burn-80 \(means\); on the same seeds the difference is [+−].+ \(95 % interval .+ to .+\)\.$/,
  )
  expect(reading(compare, "The reference ends at", outcomes.referencePrice)).toMatch(/; no difference on any seed\.$/)
})
