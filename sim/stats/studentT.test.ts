import { expect, test } from "vitest"
import { studentT975 } from "./studentT.ts"

/** The density integrated numerically (Simpson, 4000 steps) and inverted. */
test.each([
  [1, 12.706205],
  [4, 2.776445],
  [30, 2.042272],
  [31, 2.039513],
  [40, 2.021075],
  [100, 1.983972],
  [1000, 1.962339],
])("with %i degrees of freedom it is %f", (df, expected) => {
  expect(studentT975(df)).toBeCloseTo(expected, 5)
})
