import { expect, test } from "vitest"
import { stream } from "../rng.ts"
import { benjaminiHochberg } from "./benjaminiHochberg.ts"
import { holm } from "./holm.ts"
import { simultaneousLevel } from "./simultaneousLevel.ts"

/** As R's p.adjust does with "holm" and "BH". */
test("agree with the numbers worked by hand", () => {
  const p = [0.01, 0.04, NaN, 0.03, 0.005]
  const close = (values: ReadonlyArray<number>) => values.map((value) => (Number.isNaN(value) ? NaN : expect.closeTo(value, 12)))
  expect(holm(p)).toEqual(close([0.03, 0.06, NaN, 0.06, 0.02]))
  expect(benjaminiHochberg(p)).toEqual(close([0.02, 0.04, NaN, 0.04, 0.02]))
})

test("nothing and certainty stay what they are", () => {
  expect([holm([]), benjaminiHochberg([])]).toEqual([[], []])
  expect(holm([0.7, 0.9])).toEqual([1, 1])
  expect(simultaneousLevel(1)).toBe(0.95)
  expect(simultaneousLevel(10)).toBeCloseTo(0.995, 12)
})

test("of 2000 families of 20 true hypotheses, Holm rejects any in 5 % and never more often than bare p-values do", () => {
  const rng = stream("holm", "families")
  let [corrected, bare] = [0, 0]
  for (let family = 0; family < 2000; family++) {
    const p = Array.from({ length: 20 }, () => rng.uniform())
    if (holm(p).some((value) => value <= 0.05)) corrected++
    if (p.some((value) => value <= 0.05)) bare++
  }
  // 1 - 0.95^20 = 0.64 of the families hold a bare p-value below 5 %.
  expect(bare / 2000).toBeGreaterThan(0.6)
  expect(corrected / 2000).toBeGreaterThan(0.034)
  expect(corrected / 2000).toBeLessThan(0.066)
})
