import { expect, test } from "vitest"
import { WEI_PER_TOKEN } from "../units.ts"
import { poolOf } from "./pool3/pool.fixture.ts"
import { quoteSwap } from "./pool3/quoteSwap.ts"
import { meanUsdPerToken } from "./priceSource.ts"

const main = { tokenReserveWei: 1000n * WEI_PER_TOKEN, dollarReserveMicros: 400_000_000n, totalShares: 1n, shares: new Map() }

test("spot is the main pool's price, mean the one that a v3 pool remembers, whatever was just traded there", () => {
  for (const tokenFirst of [true, false]) {
    const calm = poolOf(500, 500_000n, [{ agent: "lp", tokenWei: 1000n * WEI_PER_TOKEN, dollarMicros: 500_000_000n }], tokenFirst)
    const { after } = quoteSwap(calm, "dollar", 500_000_000n)
    const view = { pool: main, pools3: { pools: new Map([["low", after]]), nextPositionId: 2n } }
    expect(meanUsdPerToken({ kind: "spot" }, view)).toBeCloseTo(0.4, 12)
    // A tick is a ten-thousandth.
    expect(Math.abs(meanUsdPerToken({ kind: "mean", pool: "low" }, view) / 0.5 - 1)).toBeLessThan(1.01e-4)
  }
})
