import { expect, test } from "vitest"
import type { Action, Order } from "../ledger.ts"
import { WEI_PER_TOKEN } from "../units.ts"
import { poolOf } from "./pool3/pool.fixture.ts"
import { sqrtPriceAt } from "./pool3/price.ts"
import { ordersBefore, poolsAt } from "./pendingPools.ts"
import { saleIn, type TradingPool, tradingPools, usdPerTokenIn } from "./tradingPool.ts"
import { noTax } from "./tax.ts"

const half = { tokenWei: 1_000_000n * WEI_PER_TOKEN, dollarMicros: 500_000n * 1_000_000n }
const ledger = {
  pool: { tokenReserveWei: half.tokenWei, dollarReserveMicros: half.dollarMicros, totalShares: 1n, shares: new Map() },
  tax: noTax,
  pools3: { nextPositionId: 2n, pools: new Map([["p", poolOf(500, 500_000n, [{ agent: "treasury", ...half }])]]) },
}
const order = (agent: string, tipWei: bigint, action: Action): Order => ({ agent, tipWei, action })
const spend = (usd: bigint, amountOutMin = 0n): Action => ({ kind: "pool.swap", sell: "dollar", amountIn: usd * 1_000_000n, amountOutMin })
const spend3 = (usd: bigint, limitSqrtPriceX96 = 0n, amountOutMin = 0n): Action => ({
  ...spend(usd, amountOutMin),
  kind: "pool3.swap",
  pool: "p",
  sell: "dollar",
  amountIn: usd * 1_000_000n,
  amountOutMin,
  limitSqrtPriceX96,
})
const at = (pending: ReadonlyArray<Order>, agent = "m", tipWei = 5n) => poolsAt({ ledger, pending } as never, agent, tipWei)
const prices = (pools: ReadonlyArray<TradingPool>) => pools.map((pool) => Number(usdPerTokenIn(pool).toFixed(6)))

test("higher bids come before, and those of the same bid by name", () => {
  const pending = [order("a", 5n, spend(1n)), order("z", 5n, spend(2n)), order("z", 9n, spend(3n)), order("a", 1n, spend(4n))]
  expect(ordersBefore(pending, "m", 5n)).toEqual([pending[2], pending[0]])
  expect(ordersBefore(pending, "m", 0n)).toEqual([pending[2], pending[0], pending[1], pending[3]])
})

test("the pools are as swaps leave them that come before, one after the other", () => {
  const [main, ranged] = tradingPools(ledger)
  const first = saleIn(main!, "dollar", 10_000_000_000n)
  const second = saleIn(first.after, "dollar", 20_000_000_000n)
  const pending = [
    order("b", 5n, spend(20_000n)),
    order("a", 5n, spend(10_000n)),
    order("z", 5n, spend(70_000n)),
    order("a", 9n, spend3(5_000n)),
  ]
  expect(at(pending)).toEqual([second.after, saleIn(ranged!, "dollar", 5_000_000_000n).after])
  expect(at(pending, "b")).toEqual([first.after, saleIn(ranged!, "dollar", 5_000_000_000n).after])
  expect(at([])).toBe(tradingPools(ledger))
})

test("price limits and least amounts are kept", () => {
  const limit = sqrtPriceAt({ dollarMicros: 501_000n, tokenWei: WEI_PER_TOKEN }, true)
  expect(prices(at([order("a", 9n, spend3(50_000n, limit))]))).toEqual([0.5, 0.501])
  expect(prices(at([order("a", 9n, spend3(50_000n, 0n, 10n ** 24n)), order("a", 9n, spend(50_000n, 10n ** 24n))]))).toEqual([0.5, 0.5])
})
