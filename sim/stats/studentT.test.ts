import { expect, test } from "vitest"
import { studentTCdf, studentTQuantile } from "./studentT.ts"

/** SciPy 1.17, scipy.stats.t.ppf. */
test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 4, 2.7764451051977934],
  [0.975, 31, 2.039513446396408],
  [0.9995, 2, 31.599054576445365],
  [0.999999, 5, 24.771029720372493],
  [0.6, 7, 0.2631668613520229],
  [0.975, 999, 1.9623414611334493],
  [0.975, 1000, 1.9623390808264083],
  [0.999, 1000, 3.0984021639129233],
])("the %f quantile with %i degrees of freedom is %f", (p, df, expected) => {
  expect(Math.abs(studentTQuantile(p, df) / expected - 1)).toBeLessThan(1e-10)
  expect(studentTQuantile(1 - p, df)).toBeCloseTo(-expected, 6)
  expect(studentTCdf(expected, df)).toBeCloseTo(p, 12)
})

test("the distribution has the ends it should have", () => {
  expect([-Infinity, 0, Infinity].map((t) => studentTCdf(t, 3))).toEqual([0, 0.5, 1])
  expect(studentTQuantile(0.5, 6)).toBeCloseTo(0, 12)
})

test("what is no probability or no whole number of degrees is refused", () => {
  expect(() => studentTQuantile(1, 3)).toThrow("invalid probability: 1")
  expect(() => studentTQuantile(0.9, 2.5)).toThrow("invalid degrees of freedom: 2.5")
  expect(() => studentTCdf(1, 0)).toThrow("invalid degrees of freedom: 0")
})
