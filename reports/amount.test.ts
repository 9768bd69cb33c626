import { expect, test } from "vitest"
import { amount, change, changeReading, integer, number, percent, range, signedAmount } from "./amount.ts"

test.each([
  [0.42, "0.42"],
  [1234.4, "1,234"],
  [12_345, "12.3K"],
  [-2_500_000, "−2.5M"],
  [0.0000594, "5.9 × 10⁻⁵"],
  [-0, "0"],
  [NaN, "–"],
])("%f is written %s", (value, written) => {
  expect(number(value)).toBe(written)
})

test("shares are written in percent and their differences in points", () => {
  expect(percent(0.125)).toBe("12.5\u202f%")
  expect(change(0.02, "share")).toBe("+2\u202fpoints")
  expect(signedAmount(-0.03, "ratio")).toBe("−3\u202f%")
})

test("units follow the number, and those that say nothing are left out", () => {
  expect(amount(3, "USD/token")).toBe("3\u202fUSD/token")
  expect(amount(3, "count")).toBe("3")
  expect(range(1, 2, "USD")).toBe("1 to 2\u202fUSD")
  expect(integer(1_234_567)).toBe("1,234,567")
})

test("a change has its sign, its interval when there is one, and nothing is no change", () => {
  expect(changeReading({ count: 3, mean: 1, low: -1, high: 3 }, "USD")).toBe("+1\u202fUSD (−1 to +3\u202fUSD)")
  expect(changeReading({ count: 1, mean: -2, low: NaN, high: NaN }, "USD")).toBe("−2\u202fUSD")
  expect(changeReading({ count: 5, mean: 0, low: 0, high: 0 }, "USD")).toBe("no change")
  expect(change(0, "USD")).toBe("0\u202fUSD")
})
