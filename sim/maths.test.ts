import { describe, expect, test } from "vitest"
import { clamp, cos, exp, ln, pow, sin } from "./maths.ts"

const bits = (x: number): string => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  return view.getBigUint64(0).toString(16).padStart(16, "0")
}

/** Recorded on x64; another engine or CPU that differs in one bit would change a run's digest. */
describe("same bits everywhere", () => {
  test.each([
    ["exp(1)", exp(1), "4005bf0a8b14576a"],
    ["exp(-0.05)", exp(-0.05), "3fee7078b0a726a6"],
    ["exp(700.123)", exp(700.123), "7f10b9bc66f2e010"],
    ["ln(2)", ln(2), "3fe62e42fefa39ef"],
    ["ln(1e-300)", ln(1e-300), "c085963447f87fb5"],
    ["ln(0.1)", ln(0.1), "c0026bb1bbb55515"],
    ["ln(123456.789)", ln(123_456.789), "40277281cad8a844"],
    ["pow(2, 0.5)", pow(2, 0.5), "3ff6a09e667f3bcd"],
    ["pow(0.95, 50)", pow(0.95, 50), "3fb3b2aa7867aed6"],
    ["pow(1.0001, 6931)", pow(1.0001, 6931), "3fffff5463e7f5ac"],
    ["pow(10, -0.3)", pow(10, -0.3), "3fe009b9cf334252"],
    ["sin(1)", sin(1), "3feaed548f090cee"],
    ["sin(1e6)", sin(1e6), "bfd6664b2568d867"],
    ["sin(pi)", sin(Math.PI), "3ca1a62633145c07"],
    ["cos(1)", cos(1), "3fe14a280fb5068c"],
    ["cos(1e6)", cos(1e6), "3fedf9df9906d32c"],
    ["cos(pi/2)", cos(Math.PI / 2), "3c91a62633145c07"],
  ])("%s", (_, value, golden) => expect(bits(value)).toBe(golden))
})

describe("the right functions", () => {
  const points = [-3.7, -1, -1e-9, 0, 0.3, 1, 2.5, 12.25]

  test("exp and ln undo each other", () => {
    for (const x of points) expect(ln(exp(x))).toBeCloseTo(x, 12)
  })
  test("sin and cos lie on the unit circle and add up", () => {
    for (const x of points) {
      expect(sin(x) * sin(x) + cos(x) * cos(x)).toBeCloseTo(1, 14)
      expect(sin(2 * x)).toBeCloseTo(2 * sin(x) * cos(x), 13)
    }
  })
  test("pow agrees with multiplication and with the square root", () => {
    for (const x of [0.1, 1, 2.5, 12.25]) {
      expect(pow(x, 3) / (x * x * x)).toBeCloseTo(1, 14)
      expect(pow(x, 0.5)).toBeCloseTo(Math.sqrt(x), 14)
    }
  })
})

test("clamp", () => {
  expect(clamp(-1, 0, 10)).toBe(0)
  expect(clamp(11, 0, 10)).toBe(10)
  expect(clamp(3.5, 0, 10)).toBe(3.5)
})
