import { expect, it } from "vitest"
import { growthExponent } from "./growth.ts"

const grown = (power: number) => [1, 2, 4, 8].map((size) => ({ size, cost: 3 * size ** power }))

it("is the power of the size with which cost grows", () => {
  for (const power of [0.5, 1, 1.15, 2]) expect(growthExponent(grown(power))).toBeCloseTo(power, 12)
})
