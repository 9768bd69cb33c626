import { expect, test } from "vitest"
import { WEI_PER_TOKEN } from "../units.ts"
import { poolOf } from "./pool3/pool.fixture.ts"
import { quoteSwap } from "./pool3/quoteSwap.ts"
import { meanUsdPerToken } from "./priceSource.ts"

const main = { tokenReserveWei: 1000n * WEI_PER_TOKEN, dollarReserveMicros: 400_000_000n, totalShares: 1n, shares: new Map() }
const noAnswer = { decimals: 8, answer: 0n, roundId: 0, observedSeconds: 0, updatedAtSeconds: 0 }

test("spot is the main pool's price, mean the one that a v3 pool remembers, whatever was just traded there, and a feed its answer", () => {
  for (const tokenFirst of [true, false]) {
    const calm = poolOf(500, 500_000n, [{ agent: "lp", tokenWei: 1000n * WEI_PER_TOKEN, dollarMicros: 500_000_000n }], tokenFirst)
    const { after } = quoteSwap(calm, "dollar", 500_000_000n)
    const view = {
      pool: main,
      pools3: { pools: new Map([["low", after]]), nextPositionId: 2n },
      feeds: new Map([
        ["none-yet", noAnswer],
        ["eight", { ...noAnswer, roundId: 1, answer: 61_000_000n }],
      ]),
    }
    expect(meanUsdPerToken({ kind: "feed", id: "none-yet" }, view)).toBeCloseTo(0.4, 12)
    expect(meanUsdPerToken({ kind: "feed", id: "eight" }, view)).toBe(0.61)
    expect(meanUsdPerToken({ kind: "spot" }, view)).toBeCloseTo(0.4, 12)
    // A tick is a ten-thousandth.
    expect(Math.abs(meanUsdPerToken({ kind: "mean", pool: "low" }, view) / 0.5 - 1)).toBeLessThan(1.01e-4)
  }
})
