import { expect, test } from "vitest"
import { noExtensions, type Receipt } from "../ledger.ts"
import type { Observation } from "../metric.ts"
import type { Side } from "../protocols/pool.ts"
import { poolOf } from "../protocols/pool3/pool.fixture.ts"
import { toMicros, toWei } from "../units.ts"
import { partialFillsByPool } from "./partialFillsByPool.ts"
import { priceByPoolUsd } from "./priceByPoolUsd.ts"
import { volumeByPoolUsd } from "./volumeByPoolUsd.ts"

const swapped = (pool: string, sell: Side, offered: bigint, amountIn: bigint, amountOut: bigint): Receipt => ({
  order: {
    agent: "a",
    tipWei: 1n,
    action: { kind: "pool3.swap", pool, sell, amountIn: offered, amountOutMin: 0n, limitSqrtPriceX96: 0n },
  },
  status: "ok",
  reason: "",
  facts: [{ kind: "pool3.swapped", agent: "a", pool, sell, amountIn, amountOut }],
})
const inMain: Receipt = {
  order: { agent: "a", tipWei: 1n, action: { kind: "pool.swap", sell: "dollar", amountIn: toMicros(7), amountOutMin: 0n } },
  status: "ok",
  reason: "",
  facts: [{ kind: "pool.swapped", agent: "a", sell: "dollar", amountIn: toMicros(7), amountOut: toWei(13) }],
}
const refused: Receipt = { ...swapped("low", "token", 1n, 1n, 1n), status: "reverted", reason: "Too little received", facts: [] }

const observation = (receipts: ReadonlyArray<Receipt>, hasPools = true) => {
  const half = { agent: "treasury", tokenWei: toWei(1_000), dollarMicros: toMicros(500) }
  const pools = new Map([
    ["low", poolOf(500, 510_000n, [half])],
    ["high", poolOf(10_000, 490_000n, [half], false)],
  ])
  return {
    settlement: { receipts, blockCount: 1, gasUsed: 0n },
    after: {
      pool: { tokenReserveWei: toWei(1_000), dollarReserveMicros: toMicros(500), totalShares: 1n, shares: new Map() },
      ...(hasPools ? { pools3: { pools, nextPositionId: 3n } } : noExtensions),
    },
  } as unknown as Observation
}

test("what each pool trades, in dollars, whatever is sold", () => {
  const seen = observation([
    inMain,
    refused,
    swapped("low", "dollar", toMicros(3), toMicros(3), toWei(6)),
    swapped("low", "token", toWei(4), toWei(4), toMicros(2)),
  ])
  expect(volumeByPoolUsd.of(seen)).toEqual(
    new Map([
      ["main", 7],
      ["low", 5],
      ["high", 0],
    ]),
  )
})

test("the price in each pool", () => {
  const prices = priceByPoolUsd.of(observation([])) as ReadonlyMap<string, number>
  expect([...prices.keys()]).toEqual(["main", "low", "high"])
  expect(prices.get("main")).toBe(0.5)
  expect(prices.get("low")).toBeCloseTo(0.51, 8)
  expect(prices.get("high")).toBeCloseTo(0.49, 8)
})

test("swaps that were filled in part, and no others", () => {
  const seen = observation([
    inMain,
    refused,
    swapped("high", "dollar", toMicros(3), toMicros(2), toWei(4)),
    swapped("low", "token", toWei(4), toWei(4), toMicros(2)),
  ])
  expect(partialFillsByPool.of(seen)).toEqual(
    new Map([
      ["low", 0],
      ["high", 1],
    ]),
  )
})

test("no columns where there is the main pool only", () => {
  const seen = observation([inMain], false)
  for (const { of } of [volumeByPoolUsd, priceByPoolUsd, partialFillsByPool]) expect(of(seen)).toEqual(new Map())
})
