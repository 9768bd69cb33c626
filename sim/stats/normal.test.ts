import { expect, test } from "vitest"
import { normalCdf, normalQuantile } from "./normal.ts"

test("quantiles are the tabled ones, and the distribution undoes them", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
  expect(normalQuantile(0.9995)).toBeCloseTo(3.290526731491926, 13)
  for (const p of [1e-9, 0.01, 0.5, 0.8, 0.99999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 14)
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
})
