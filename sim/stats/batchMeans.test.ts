import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { batchMeans } from "./batchMeans.ts"
import { meanInterval } from "./mean.ts"

/** An autoregression around 0 whose mean of n values is as sure as that of n (1 - phi) / (1 + phi) independent ones. */
const autoregression = (count: number, phi: number) => {
  const rng = stream("batch", "means")
  let value = rng.normal() / Math.sqrt(1 - phi * phi)
  return Array.from({ length: count }, () => (value = phi * value + rng.normal()))
}

test("counts what a series with memory is worth", () => {
  const { effectiveCount, batches } = batchMeans(autoregression(40_000, 0.8))
  expect(batches).toBe(200)
  expect(effectiveCount / (40_000 / 9)).toBeGreaterThan(0.7)
  expect(effectiveCount / (40_000 / 9)).toBeLessThan(1.4)
})

test("is wider than the interval that takes neighbours for independent", () => {
  const series = autoregression(900, 0.8)
  const [batched, naive] = [batchMeans(series), meanInterval(series)]
  expect(batched.high - batched.low).toBeGreaterThan(2 * (naive.high - naive.low))
})

test("a short series has no interval, and a constant one no width", () => {
  expect(batchMeans(Array(15).fill(1))).toEqual({ count: 15, mean: 1, low: NaN, high: NaN, batches: 0, effectiveCount: NaN })
  expect(batchMeans(Array(17).fill(1))).toEqual({ count: 17, mean: 1, low: 1, high: 1, batches: 4, effectiveCount: 17 })
})
