import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { bootstrapInterval } from "./bootstrapInterval.ts"
import { mean, meanInterval } from "./mean.ts"

const draws = (count: number, draw: (rng: ReturnType<typeof stream>) => number) => {
  const rng = stream("bootstrap", `${count}`)
  return Array.from({ length: count }, () => draw(rng))
}

test("the same seed gives the same interval, another one another", () => {
  const values = draws(20, (rng) => rng.normal())
  expect(bootstrapInterval(values)).toEqual(bootstrapInterval(values))
  expect(bootstrapInterval(values, mean, { seed: "2" })).not.toEqual(bootstrapInterval(values))
})

test("of many normal values it is Student's interval, of skewed ones it reaches further up", () => {
  const normal = draws(400, (rng) => rng.normal())
  const [bootstrap, student] = [bootstrapInterval(normal), meanInterval(normal)]
  expect(Math.abs(bootstrap.low - student.low)).toBeLessThan(0.02)
  expect(Math.abs(bootstrap.high - student.high)).toBeLessThan(0.02)
  const skewed = bootstrapInterval(draws(40, (rng) => rng.lognormal(1, 1)))
  expect(skewed.high - skewed.estimate).toBeGreaterThan(1.1 * (skewed.estimate - skewed.low))
})

test("values all alike have an interval of no width, and one value has none", () => {
  expect(bootstrapInterval([2, 2, 2])).toEqual({ count: 3, estimate: 2, low: 2, high: 2 })
  expect(bootstrapInterval([2])).toEqual({ count: 1, estimate: 2, low: NaN, high: NaN })
})
