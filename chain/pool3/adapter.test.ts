import { Effect } from "effect"
import { expect, test } from "vitest"
import type { Action, LedgerView, Receipt } from "../../sim/ledger.ts"
import { adapters } from "./adapter.ts"
import { onStage, pools3Genesis, tokens, usd } from "./stage.fixture.ts"

const mint = (pool: string, tickLower: number, tickUpper: number, share = 1): Action => ({
  kind: "pool3.mint",
  pool,
  tickLower,
  tickUpper,
  tokenWei: tokens(100 * share),
  dollarMicros: usd(50 * share),
})
const sellTokens = (pool: string, count: number): Action => swap(pool, "token", tokens(count))
const sellDollars = (pool: string, count: number): Action => swap(pool, "dollar", usd(count))
const swap = (pool: string, sell: "token" | "dollar", amountIn: bigint, limitSqrtPriceX96 = 0n, amountOutMin = 0n): Action => ({
  kind: "pool3.swap",
  pool,
  sell,
  amountIn,
  amountOutMin,
  limitSqrtPriceX96,
})

/** What an account lost of each coin from one view to the next. */
const lost = (account: string, before: LedgerView, after: LedgerView) => ({
  tokenWei: before.token.balanceWei.get(account)! - after.token.balanceWei.get(account)!,
  dollarMicros: before.dollar.balanceMicros.get(account)! - after.dollar.balanceMicros.get(account)!,
})

/** What its facts say that the agent of a receipt paid into the pool. */
const paid = ({ facts }: Receipt) => {
  let [tokenWei, dollarMicros] = [0n, 0n]
  for (const fact of facts) {
    if (fact.kind === "pool3.swapped") {
      tokenWei += fact.sell === "token" ? fact.amountIn : -fact.amountOut
      dollarMicros += fact.sell === "dollar" ? fact.amountIn : -fact.amountOut
    } else if (fact.kind === "pool3.increased") {
      tokenWei += fact.tokenWei
      dollarMicros += fact.dollarMicros
    } else if (fact.kind === "pool3.collected") {
      tokenWei -= fact.tokenWei
      dollarMicros -= fact.dollarMicros
    }
  }
  return { tokenWei, dollarMicros }
}

/** Around the opening price of half a dollar, which is tick -283256 when the token comes first. */
const around = (width: number, tokenFirst: boolean) => {
  const [low, high] = [-283_200 - width, -283_200 + width]
  return tokenFirst ? ([low, high] as const) : ([-high, -low] as const)
}

test("each action moves the coins that its facts name, within its gas", async () => {
  const kinds = new Set<string>()
  const playing = onStage(pools3Genesis, async ({ actAll, view, tokenFirst }) => {
    const story: ReadonlyArray<readonly [string, Action]> = [
      ["ann", sellTokens("low", 10)],
      ["bob", mint("low", ...around(1_000, tokenFirst))],
      ["cleo", sellDollars("low", 700)],
      ["cleo", sellTokens("high", 30)],
      ["bob", { kind: "pool3.increase", pool: "low", positionId: 3n, tokenWei: tokens(50), dollarMicros: usd(50) }],
      ["ann", sellTokens("low", 900)],
      ["bob", { kind: "pool3.collect", pool: "low", positionId: 3n }],
      ["bob", { kind: "pool3.decrease", pool: "low", positionId: 3n, liquidity: 10n ** 15n }],
    ]
    for (const [agent, action] of story) {
      const before = await view()
      const { receipts, gasUsed } = await actAll([[agent, action]])
      const after = await view()
      const [receipt] = receipts as [Receipt]
      expect(receipt).toMatchObject({ status: "ok", reason: "" })
      expect(receipt.facts.length).toBe(action.kind === "pool3.decrease" ? 2 : 1)
      expect(paid(receipt)).toEqual(lost(agent, before, after))
      for (const [id, pool] of after.pools3.pools) {
        expect(pool.tokenWei).toBe(after.token.balanceWei.get(`pool3.${id}`))
        expect(pool.dollarMicros).toBe(after.dollar.balanceMicros.get(`pool3.${id}`))
      }
      expect(Number(gasUsed)).toBeLessThan(0.7 * adapters[action.kind as keyof typeof adapters].gas)
      kinds.add(action.kind)
    }
  })
  await Effect.runPromise(playing)
  expect(kinds).toEqual(new Set(Object.keys(adapters)))
})
