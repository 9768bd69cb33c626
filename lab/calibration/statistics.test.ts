import { describe, expect, it } from "vitest"
import { blockBootstrap } from "./blockBootstrap.ts"
import { stream } from "../../sim/rng.ts"
import { resampled, type StatisticName, statisticOf } from "./statistics.ts"

const powers = [1, 2, 4, 8]
const ln2 = Math.log(2)

it.each<readonly [StatisticName, ReadonlyArray<number>, number]>([
  ["mean", powers, 3.75],
  ["median", powers, 3],
  ["sd", [1, 2, 3], 1],
  ["autocorrelation", [1, 2, 3, 4], 1],
  ["autocorrelation", [1, -1, 1, -1, 1], -1],
  ["meanLog", powers, 1.5 * ln2],
  ["sdLog", [1, 2, 4], ln2],
  ["autocorrelationLog", powers, 1],
  ["growth", powers, ln2],
  ["growth", [1, NaN, 4, 8], ln2],
  ["meanLogChange", powers, ln2],
  ["sdLogChange", [1, 2, 1, 2, 1], Math.sqrt(4 / 3) * ln2],
  ["end", powers, 8],
  ["end", [3, NaN, 5, NaN], 5],
  // Neither a missing value nor zero has a logarithm, nor a change to or from it.
  ["meanLog", [1, NaN, 0, 4], ln2],
  ["meanLogChange", [1, 2, NaN, 5, 10], ln2],
])("%s of %j", (name, values, expected) => {
  expect(statisticOf(name, values)).toBeCloseTo(expected, 12)
})

it("nothing has no statistic", () => {
  expect(statisticOf("mean", [NaN])).toBeNaN()
})

describe("the bootstrap", () => {
  const rng = stream("test", "bootstrap")

  it("knows the spread of a mean of independent draws", () => {
    const values = Array.from({ length: 400 }, () => 5 + 2 * rng.normal())
    const [spread] = blockBootstrap(values.length, [resampled("mean", values)])
    // 2 / sqrt(400), and the bootstrap's own noise.
    expect(spread).toBeGreaterThan(0.08)
    expect(spread).toBeLessThan(0.12)
  })

  it("sees that neighbours are alike, which draws one by one would not", () => {
    let level = 0
    const values = Array.from({ length: 1000 }, () => (level = 0.8 * level + rng.normal()))
    const [spread] = blockBootstrap(values.length, [resampled("mean", values)])
    const apart = statisticOf("sd", values) / Math.sqrt(values.length)
    // Long blocks would give sqrt((1 + 0.8) / (1 - 0.8)) = 3 times as much.
    expect(spread! / apart).toBeGreaterThan(1.6)
  })

  it("moves the end by drawing the changes again", () => {
    expect(resampled("end", powers)([1, 1, 1])).toBeCloseTo(8, 12)
    expect(resampled("end", powers)([1])).toBeCloseTo(2, 12)
  })
})
