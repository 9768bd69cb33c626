import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { confidenceSequence } from "./confidenceSequence.ts"
import { meanInterval } from "./mean.ts"
import { stoppingState } from "./stoppingRule.ts"

test("the bound of the confidence sequence is where the Bayes factor against the mean reaches 20", () => {
  const values = [0.3, 1.1, -0.4, 2.2, 0.9, 1.6, -0.2]
  const { count, mean, high } = confidenceSequence(values)
  const spread2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  const t2 = (count * (high - mean) ** 2) / spread2
  const k = 1 + count
  const factor = ((1 + t2 / (count - 1)) / (1 + t2 / ((count - 1) * k))) ** (count / 2) / Math.sqrt(k)
  expect(factor).toBeCloseTo(20, 8)
})

test("looking at every n up to 200, the sequence always holds the mean in 95 % of cases at least, and Student's interval does not", () => {
  const rng = stream("confidence", "sequence")
  let [sequence, student] = [0, 0]
  for (let i = 0; i < 200; i++) {
    const values: number[] = []
    let [holds, holdsStudent] = [true, true]
    while (values.length < 200) {
      values.push(rng.normal())
      if (values.length < 5) continue
      const [a, b] = [confidenceSequence(values), meanInterval(values)]
      if (a.low > 0 || a.high < 0) holds = false
      if (b.low > 0 || b.high < 0) holdsStudent = false
    }
    if (holds) sequence++
    if (holdsStudent) student++
  }
  expect(sequence / 200).toBeGreaterThanOrEqual(0.95)
  expect(student / 200).toBeLessThan(0.8)
})

test("stops when the interval is narrow enough, and not before", () => {
  const rng = stream("stopping", "rule")
  const values = Array.from({ length: 500 }, () => 10 + rng.normal())
  const rule = { halfWidth: 0.02, relative: true }
  const stop = values.findIndex((_, index) => stoppingState(rule, values.slice(0, index + 1)).isReached) + 1
  const { interval } = stoppingState(rule, values.slice(0, stop))
  expect((interval.high - interval.low) / 2).toBeLessThanOrEqual(0.02 * interval.mean)
  // Known spread would need n with 1.96 / sqrt(n) = 0.2; being allowed to look costs about two and a half times as many.
  expect(stop).toBeGreaterThan(96)
  expect(stop).toBeLessThan(350)
})

test("values that happen to agree do not stop it below ten", () => {
  expect(stoppingState({ halfWidth: 1 }, Array(9).fill(3)).isReached).toBe(false)
  expect(stoppingState({ halfWidth: 1 }, Array(10).fill(3)).isReached).toBe(true)
})
