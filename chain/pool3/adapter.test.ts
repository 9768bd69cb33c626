import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action, LedgerView, Receipt } from "../../sim/ledger.ts"
import { MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK } from "../../sim/protocols/pool3/tick.ts"
import { type Adapter, gasOf } from "../adapter.ts"
import { adapters } from "./adapter.ts"
import { around, mint, onStage, pools3Genesis, type Stage, swap, tokens, usd } from "./stage.fixture.ts"

const play = <A>(work: (stage: Stage) => Promise<A>): Promise<A> => Effect.runPromise(onStage(pools3Genesis, work))

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

test("each action moves the coins that its facts name, within its gas, and every pool stays backed", async () => {
  const kinds = new Set<string>()
  await play(async ({ actAll, view, tokenFirst, world }) => {
    const story: ReadonlyArray<readonly [string, Action]> = [
      ["ann", swap("low", "token", tokens(10))],
      ["bob", mint("low", around(1_000, tokenFirst))],
      ["cleo", swap("low", "dollar", usd(700))],
      ["cleo", swap("high", "token", tokens(30))],
      ["bob", { kind: "pool3.increase", pool: "low", positionId: 3n, tokenWei: tokens(50), dollarMicros: usd(50) }],
      ["ann", swap("low", "token", tokens(900))],
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
      for (const { check } of Object.values(invariants)) expect(check(before, after, receipts)).toBeUndefined()
      expect(Number(gasUsed)).toBeLessThan(0.7 * gasOf(adapters[action.kind as keyof typeof adapters] as Adapter<Action>, action, world))
      kinds.add(action.kind)
    }
  })
  expect(kinds).toEqual(new Set(Object.keys(adapters)))
})

describe("what the contracts refuse", () => {
  const uint256 = 2n ** 256n - 1n
  const uint128 = 2n ** 128n - 1n
  const bobs = { pool: "low", positionId: 3n } as const
  const wide: readonly [number, number] = [-300_000, 300_000]
  const refusals: ReadonlyArray<readonly [string, Action, string]> = [
    ["less than the least", swap("low", "token", tokens(1), 0n, usd(1)), "Too little received"],
    ["a limit on the wrong side", swap("low", "token", tokens(1), MAX_SQRT_RATIO - 1n), "SPL"],
    ["a limit at the end of prices", swap("low", "token", tokens(1), MIN_SQRT_RATIO), "SPL"],
    ["a limit that is no price", swap("low", "token", tokens(1), 2n ** 160n), "reverted without a reason"],
    ["a swap of nothing", swap("low", "token", 0n), "AS"],
    ["tokens that the seller has not", swap("low", "token", tokens(2_000_000)), "STF"],
    ["dollars that the buyer has not", swap("low", "dollar", usd(2_000_000)), "STF"],
    ["the largest number", swap("low", "token", uint256), "reverted without a reason"],
    ["a position of nothing", mint("low", wide, 0), "reverted without a reason"],
    ["a position without width", mint("low", [0, 0]), "reverted without a reason"],
    ["a position upside down", mint("low", [10, -10]), "TLU"],
    ["ticks that the pool does not use", mint("low", [-283_255, -283_195]), "reverted without a reason"],
    ["ticks beyond the last", mint("low", [MIN_TICK - 8, 0]), "T"],
    [
      "a position of the largest number",
      { ...mint("low", wide), tokenWei: uint256, dollarMicros: uint256 } as Action,
      "reverted without a reason",
    ],
    ["liquidity that a tick may not hold", { ...mint("low", [-10, 10]), tokenWei: 2n ** 112n, dollarMicros: 2n ** 112n } as Action, "LO"],
    [
      "more into a position that is not there",
      { kind: "pool3.increase", pool: "low", positionId: 9n, tokenWei: 1n, dollarMicros: 1n },
      "reverted without a reason",
    ],
    ["nothing into a position", { kind: "pool3.increase", ...bobs, tokenWei: 0n, dollarMicros: 0n }, "reverted without a reason"],
    ["liquidity of another's position", { kind: "pool3.decrease", ...bobs, liquidity: 1n }, "Not approved"],
    ["no liquidity", { kind: "pool3.decrease", pool: "low", positionId: 4n, liquidity: 0n }, "reverted without a reason"],
    [
      "more liquidity than there is",
      { kind: "pool3.decrease", pool: "low", positionId: 4n, liquidity: uint128 },
      "reverted without a reason",
    ],
    ["more liquidity than fits", { kind: "pool3.decrease", pool: "low", positionId: 4n, liquidity: uint256 }, "reverted without a reason"],
    ["another's fees", { kind: "pool3.collect", ...bobs }, "Not approved"],
    [
      "fees of a position that is not there",
      { kind: "pool3.collect", pool: "low", positionId: 9n },
      "ERC721: operator query for nonexistent token",
    ],
  ]

  test("is a receipt with the contract's reason, and moves nothing", async () => {
    await play(async ({ act, actAll, view, tokenFirst }) => {
      await act("bob", mint("low", around(1_000, tokenFirst)))
      await act("ann", mint("low", around(2_000, tokenFirst)))
      const before = await view()
      const { receipts } = await actAll(refusals.map(([, action]) => ["ann", action]))
      expect(receipts.map(({ status, reason, facts }, index) => [refusals[index]![0], status, reason, facts])).toEqual(
        refusals.map(([what, , reason]) => [what, "reverted", reason, []]),
      )
      const after = await view()
      expect({ ...after, blockNumber: 0 }).toEqual({ ...before, blockNumber: 0 })
    })
  })

  test.each([
    ["a pool that is not there", swap("none", "token", 1n), /no v3 pool is called none/],
    ["a negative amount", swap("low", "token", -1n), /-1 is negative/],
  ])("%s is a defect", async (_, action, message) => {
    await expect(play(({ act }) => act("ann", action))).rejects.toThrow(message)
  })

  test("a world without v3 pools knows none", async () => {
    const { pools3: _, ...without } = pools3Genesis
    const acting = onStage(without, ({ act }) => act("ann", swap("low", "token", 1n)))
    await expect(Effect.runPromise(acting)).rejects.toThrow(/the world has no v3 pools/)
  })
})

describe("at the edges", () => {
  test("a swap stops at its limit, and its fact says what was really paid", async () => {
    await play(async ({ act, view }) => {
      const { sqrtPriceX96, tokenFirst } = (await view()).pools3.pools.get("low")!
      // A tenth of a per cent in the price's square root, downwards for the token.
      const limit = tokenFirst ? (sqrtPriceX96 * 999n) / 1000n : (sqrtPriceX96 * 1001n) / 1000n
      const { facts } = await act("ann", swap("low", "token", tokens(50_000), limit))
      const [fact] = facts
      expect(fact).toMatchObject({ kind: "pool3.swapped" })
      if (fact?.kind !== "pool3.swapped") return
      expect(fact.amountIn).toBeGreaterThan(tokens(90))
      expect(fact.amountIn).toBeLessThan(tokens(110))
      expect((await view()).pools3.pools.get("low")!.sqrtPriceX96).toBe(limit)
      // At its limit there is nothing left to trade.
      expect(await act("ann", swap("low", "token", 1n, limit))).toMatchObject({ status: "reverted", reason: "SPL" })
    })
  })

  test("a swap at the end of all liquidity is filled in part, and the next one finds no price to pay", async () => {
    await play(async ({ act, view, tokenFirst }) => {
      const range = around(1_000, tokenFirst)
      await act("bob", mint("high", range, 10))
      const { liquidity } = (await view()).pools3.pools.get("high")!.positions.get(2n)!
      await act("treasury", { kind: "pool3.decrease", pool: "high", positionId: 2n, liquidity })
      const before = await view()
      const emptied = await act("ann", swap("high", "token", tokens(100_000)))
      const after = await view()
      const pool = after.pools3.pools.get("high")!
      expect(paid(emptied)).toEqual(lost("ann", before, after))
      expect(paid(emptied).tokenWei).toBeLessThan(tokens(3_000))
      expect(pool).toMatchObject({ tick: tokenFirst ? MIN_TICK : MAX_TICK - 1, liquidity: 0n })
      expect(pool.sqrtPriceX96).toBe(tokenFirst ? MIN_SQRT_RATIO + 1n : MAX_SQRT_RATIO - 1n)
      // All dollars are gone but the fees of none: the seller's side pays them.
      expect(pool.dollarMicros).toBeLessThan(10n)
      expect(await act("ann", swap("high", "token", tokens(1)))).toMatchObject({ status: "reverted", reason: "SPL" })

      // The other way the price comes back to where somebody sells.
      const back = await act("cleo", swap("high", "dollar", usd(100)))
      expect(back).toMatchObject({ status: "ok" })
      expect((await view()).pools3.pools.get("high")!.positions.get(3n)!.liquidity).toBe((await view()).pools3.pools.get("high")!.liquidity)
    })
  })

  test("a pool without liquidity trades nothing", async () => {
    await play(async ({ act, view }) => {
      const { liquidity } = (await view()).pools3.pools.get("high")!.positions.get(2n)!
      const emptied = await act("treasury", { kind: "pool3.decrease", pool: "high", positionId: 2n, liquidity })
      expect(emptied).toMatchObject({ status: "ok" })
      const view0 = await view()
      expect(view0.pools3.pools.get("high")!).toMatchObject({ liquidity: 0n, positions: new Map() })
      for (const sell of ["token", "dollar"] as const)
        expect(await act("ann", swap("high", sell, 1_000_000n))).toMatchObject({ status: "reverted", reason: "reverted without a reason" })
      // An empty position comes back to life with what is put into it.
      const again = await act("ann", { kind: "pool3.increase", pool: "high", positionId: 2n, tokenWei: tokens(10), dollarMicros: usd(10) })
      expect(again).toMatchObject({ status: "ok" })
      expect((await view()).pools3.pools.get("high")!.positions.get(2n)).toMatchObject({ agent: "treasury" })
    })
  })

  test("a swap to the last price and back", async () => {
    await play(async ({ act, view, tokenFirst }) => {
      await act("ann", { kind: "dollar.onRamp", amountMicros: 10n ** 36n, purpose: "capital" })
      const bought = await act("ann", swap("high", "dollar", 10n ** 36n))
      expect(bought).toMatchObject({ status: "ok" })
      const atEnd = (await view()).pools3.pools.get("high")!
      expect(atEnd.sqrtPriceX96).toBe(tokenFirst ? MAX_SQRT_RATIO - 1n : MIN_SQRT_RATIO + 1n)
      expect(atEnd.tick).toBe(tokenFirst ? MAX_TICK - 1 : MIN_TICK)
      expect(atEnd.liquidity).toBe(0n)
      const before = await view()
      const sold = await act("ann", swap("high", "token", tokens(10_000)))
      expect(sold).toMatchObject({ status: "ok" })
      expect(paid(sold)).toEqual(lost("ann", before, await view()))
      expect((await view()).pools3.pools.get("high")!.liquidity).toBe(before.pools3.pools.get("high")!.positions.get(2n)!.liquidity)
    })
  })

  test("dust: the fee takes a single unit, a position may be of a single unit of liquidity", async () => {
    await play(async ({ act, view, tokenFirst }) => {
      for (const sell of ["token", "dollar"] as const) {
        const { facts } = await act("ann", swap("low", sell, 1n))
        expect(facts).toEqual([{ kind: "pool3.swapped", agent: "ann", pool: "low", sell, amountIn: 1n, amountOut: 0n }])
      }
      const dust = await act("bob", { ...mint("low", around(1_000, tokenFirst)), tokenWei: 10n ** 6n, dollarMicros: 1n } as Action)
      expect(dust).toMatchObject({ status: "ok" })
      const before = await view()
      const { liquidity } = before.pools3.pools.get("low")!.positions.get(3n)!
      const taken = await act("bob", { kind: "pool3.decrease", pool: "low", positionId: 3n, liquidity })
      expect(taken).toMatchObject({ status: "ok" })
      const after = await view()
      expect(after.pools3.pools.get("low")!.positions.has(3n)).toBe(false)
      for (const { check } of Object.values(invariants)) expect(check(before, after, [taken])).toBeUndefined()
    })
  })

  test("a swap across both ends of many positions has the gas for it", async () => {
    await play(async ({ actAll, view, tokenFirst, world }) => {
      const places = Array.from({ length: 30 }, (_, n) => (tokenFirst ? -283_240 + 20 * n : 283_230 - 20 * n))
      await actAll(places.map((tick) => ["bob", mint("low", [tick, tick + 10])]))
      await view()
      const action = swap("low", "dollar", usd(900_000))
      const { receipts, gasUsed } = await actAll([["ann", action]])
      expect(receipts[0]).toMatchObject({ status: "ok" })
      expect(gasUsed).toBeGreaterThan(2_000_000n)
      expect(Number(gasUsed)).toBeLessThan(0.9 * gasOf(adapters["pool3.swap"], action as never, world))
    })
  })
})
