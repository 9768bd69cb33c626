import { expect, test } from "vitest"
import { emissionSchedules, supplyAfter } from "./emissionSchedule.ts"

test("Bitcoin's supply ends below 21 million, block by block", () => {
  let units = 0n
  for (let height = 0n; height < 35n * 210_000n; height += 210_000n) units += 210_000n * (5_000_000_000n / 2n ** (height / 210_000n))
  expect(supplyAfter(emissionSchedules.bitcoin, 35)).toBe(units)
  expect(units).toBe(2_099_999_997_690_000n)
})

test("Curve's yearly emission halves in four years", () => {
  const { stepUnits } = emissionSchedules.curve
  expect(Number(stepUnits(4)) / Number(stepUnits(0))).toBeCloseTo(0.5, 12)
  expect(Number(supplyAfter(emissionSchedules.curve, 4)) / 1e18).toBeCloseTo(2_166_666_667.44, 2)
})

test("Helium's supply tends to 240 million", () => {
  expect([1, 2, 3].map((steps) => supplyAfter(emissionSchedules.helium, steps) / 10n ** 8n)).toEqual([
    120_000_000n,
    180_000_000n,
    210_000_000n,
  ])
  expect(Number(supplyAfter(emissionSchedules.helium, 64)) / 1e8).toBeCloseTo(240e6, 3)
})
