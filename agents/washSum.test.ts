import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bestWashUnits, washGainUsd } from "./washSum.ts"

const contest = { emissionUsd: 2000, othersUnits: 1500, ownUnits: 100 }

describe("a washer's sum", () => {
  it("begins exactly where the emission for a paid dollar exceeds the fee", () => {
    const others = { emissionUsd: 300, othersUnits: 3000, ownUnits: 0 }
    expect(bestWashUnits(others, 0.1)).toBe(0)
    expect(bestWashUnits(others, 0.1001)).toBe(0)
    expect(bestWashUnits(others, 0.0999)).toBeGreaterThan(0)
  })

  it("is the most that can be had", () => {
    const amount = fc.double({ min: 0.01, max: 1e5, noNaN: true })
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        amount,
        (emissionUsd, othersUnits, ownUnits, cost, other) => {
          const sum = { emissionUsd, othersUnits, ownUnits }
          const profit = (units: number) => washGainUsd(sum, units) - cost * units
          expect(profit(bestWashUnits(sum, cost))).toBeGreaterThanOrEqual(profit(other) - 1e-9 * (emissionUsd + cost * other))
        },
      ),
    )
  })

  it("is what the shares of the emission say", () => {
    const { emissionUsd, othersUnits, ownUnits } = contest
    const share = (units: number) => (ownUnits + units) / (othersUnits + ownUnits + units)
    expect(washGainUsd(contest, 700)).toBeCloseTo(emissionUsd * (share(700) - share(0)), 9)
  })

  it("burns by two equal washers who answer each other half of the emission, whatever the fee", () => {
    for (const fee of [0.02, 0.1, 0.3]) {
      let units = 1
      for (let round = 0; round < 200; round++)
        units = (units + bestWashUnits({ emissionUsd: 1000, othersUnits: units, ownUnits: 0 }, fee)) / 2
      expect(2 * units * fee).toBeCloseTo(500, 3)
    }
  })
})
