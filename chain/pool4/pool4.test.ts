import { Effect } from "effect"
import fc from "fast-check"
import { type AbiFunction, encodeFunctionData, toFunctionSelector } from "viem"
import { expect, test } from "vitest"
import { invariants } from "../../sim/invariants/index.ts"
import type { Action, Genesis, LedgerView } from "../../sim/ledger.ts"
import { openLpLedger, postLiquidity } from "../../sim/liquidity/lpLedger.ts"
import { liquidityFor, positionAmounts } from "../../sim/protocols/pool3/positionAmounts.ts"
import { quoteSwap } from "../../sim/protocols/pool3/quoteSwap.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"
import { pool4Desk, volatilityFee } from "../artifacts.ts"
import { onStage, pools3Genesis, swap, tokens, usd } from "../pool3/stage.fixture.ts"

const hook = { feePipsMax: 20_000, milliPipsPerTick: 20_000, keepPpm: 900_000 }
const hooked = { id: "hooked", feePips: 500, tokenWei: tokens(100_000), dollarMicros: usd(50_000), twapSeconds: SECONDS_PER_DAY, hook }
const genesis: Genesis = { ...pools3Genesis, pools3: [...pools3Genesis.pools3!.slice(0, 1), hooked] }

const beforeSwap = volatilityFee.abi.find(
  (item): item is AbiFunction & typeof item => item.type === "function" && item.name === "beforeSwap",
)!

const poolIn = ({ pools3 }: LedgerView) => pools3.pools.get("hooked")!

const step = fc.record({
  kind: fc.constantFrom("swap", "swap", "swap", "mint", "increase", "decrease", "collect", "leave"),
  agent: fc.constantFrom("ann", "bob", "cleo"),
  sell: fc.constantFrom("token" as const, "dollar" as const),
  perMille: fc.bigInt(1n, 1_000n),
  /** Where the swap stops, in ten-thousandths of the root of the price; 0: nowhere. */
  limit: fc.constantFrom(0n, 0n, 3n, 100n),
  below: fc.integer({ min: 1, max: 30 }),
  above: fc.integer({ min: 1, max: 30 }),
  pick: fc.nat({ max: 1_000 }),
})

test("random swaps and changes of liquidity in a v4 pool come out as the maths of v3 say, at the fee that was told, and leave nothing unexplained", async () => {
  const done = new Map<string, number>()
  const fees = new Set<number>()
  const playing = onStage(genesis, async (stage) => {
    let before = await stage.view()
    let ledger = openLpLedger(before)
    for (const one of fc.sample(step, { seed: 20_261_128, numRuns: 200 })) {
      const state = poolIn(before)
      const owned = [...state.positions].filter(([, { agent }]) => agent !== "treasury")
      const [positionId, own] = owned[one.pick % Math.max(1, owned.length)] ?? []
      let action: Action | undefined
      let expected: object | undefined
      let by = own?.agent ?? one.agent
      const offer = { tokenWei: (state.tokenWei * one.perMille) / 20_000n, dollarMicros: (state.dollarMicros * one.perMille) / 20_000n }
      if (one.kind === "swap") {
        by = one.agent
        const amountIn = one.sell === "token" ? offer.tokenWei : offer.dollarMicros
        const falls = (one.sell === "token") === state.tokenFirst
        const limit = one.limit === 0n ? 0n : (state.sqrtPriceX96 * (falls ? 10_000n - one.limit : 10_000n + one.limit)) / 10_000n
        const quote = quoteSwap(state, one.sell, amountIn, limit)
        action = swap("hooked", one.sell, amountIn, limit, quote.amountOut)
        fees.add(state.feePips)
        const { sqrtPriceX96, tick, liquidity, tokenWei, dollarMicros } = quote.after
        expected = {
          amountIn: quote.amountIn,
          amountOut: quote.amountOut,
          after: { sqrtPriceX96, tick, liquidity, tokenWei, dollarMicros },
        }
      } else if (one.kind === "mint") {
        by = one.agent
        const at = Math.floor(state.tick / state.tickSpacing)
        const range = { tickLower: (at - one.below) * state.tickSpacing, tickUpper: (at + one.above) * state.tickSpacing }
        const liquidity = liquidityFor(state, range, offer)
        action = { kind: "pool3.mint", pool: "hooked", ...range, ...offer }
        expected = { liquidity, ...positionAmounts(state, range, liquidity, true) }
      } else if (positionId !== undefined && own !== undefined) {
        const of = { pool: "hooked", positionId }
        const liquidity = one.kind === "leave" ? own.liquidity : (own.liquidity * one.perMille) / 2_000n
        if (one.kind === "increase") action = { kind: "pool3.increase", ...of, ...offer }
        else if (one.kind === "collect") action = { kind: "pool3.collect", ...of }
        else action = { kind: "pool3.decrease", ...of, liquidity }
        if (one.kind === "collect") expected = { tokenWei: own.owedTokenWei, dollarMicros: own.owedDollarMicros }
      }
      if (action === undefined) continue
      const { receipts } = await stage.actAll([[by, action]])
      const after = await stage.view()
      expect(receipts[0]).toMatchObject({ status: "ok", reason: "" })
      const [fact] = receipts[0]!.facts
      done.set(fact!.kind, (done.get(fact!.kind) ?? 0) + 1)
      if (expected !== undefined) {
        const { after: pool, ...amounts } = expected as { readonly after?: object }
        expect(fact).toMatchObject(amounts)
        if (pool !== undefined) expect(poolIn(after)).toMatchObject(pool)
      }
      for (const { name, check } of Object.values(invariants)) expect(check(before, after, receipts), name).toBeUndefined()
      ledger = postLiquidity(ledger, before, after, receipts)
      for (const [key, { missedUnits, total, value }] of ledger) {
        expect([key, missedUnits]).toEqual([key, 0n])
        expect(total.flows + total.holding + total.fees + total.impermanentLoss + total.rounding).toBe(value)
      }
      before = after
    }
  })
  await Effect.runPromise(playing)
  for (const kind of ["pool3.swapped", "pool3.increased", "pool3.decreased", "pool3.collected"])
    expect([kind, done.get(kind)! > 10]).toEqual([kind, true])
  expect(fees.size).toBeGreaterThan(20)
})

test("the fee is the base and the root mean square of the moves, the same for all swaps of a tick, and never above its most", async () => {
  const playing = onStage(genesis, async (stage) => {
    const ticks = [poolIn(await stage.view()).tick]
    let variance = 0
    let last: number | undefined
    for (const percent of [1, -1, 3, 0, 12, -12, 0, 0, 30]) {
      const before = poolIn(await stage.view())
      const moved = last === undefined ? 0 : before.tick - last
      variance = variance * 0.9 + moved * moved * 0.1
      last = before.tick
      const expected = Math.min(hook.feePipsMax, 500 + Math.sqrt(variance) * 20)
      expect(Math.abs(before.feePips - expected)).toBeLessThanOrEqual(1)
      const sell = percent < 0 ? "token" : "dollar"
      const amountIn = sell === "token" ? tokens(1_000 * -percent + 1) : usd(500 * percent + 1)
      const quote = quoteSwap(before, sell, amountIn, 0n)
      const twice = quoteSwap(quote.after, sell, amountIn, 0n)
      const { receipts } = await stage.actAll([
        ["ann", swap("hooked", sell, amountIn)],
        ["bob", swap("hooked", sell, amountIn)],
      ])
      expect(receipts.map(({ facts }) => facts[0])).toMatchObject([{ amountOut: quote.amountOut }, { amountOut: twice.amountOut }])
      ticks.push(poolIn(await stage.view()).tick)
    }
    expect(poolIn(await stage.view()).feePips).toBe(hook.feePipsMax)
  })
  await Effect.runPromise(playing)
})

test("desk and hook refuse what is not theirs to do", async () => {
  const playing = onStage(genesis, async ({ act, view, call, pools3 }) => {
    const reason = async (agent: string, action: Action) => (await act(agent, action)).reason
    const [treasurys] = [...poolIn(await view()).positions.keys()]
    expect(await reason("ann", { kind: "pool3.collect", pool: "hooked", positionId: treasurys! })).toBe("NotOwner")
    expect(await reason("ann", { kind: "pool3.decrease", pool: "hooked", positionId: treasurys!, liquidity: 1n })).toBe("NotOwner")
    expect(await reason("treasury", { kind: "pool3.decrease", pool: "hooked", positionId: treasurys!, liquidity: 0n })).toBe(
      "ZeroLiquidity",
    )
    expect(await reason("ann", swap("hooked", "token", tokens(1), 0n, usd(1)))).toBe("TooLittleReceived")
    const { tickSpacing, tick } = poolIn(await view())
    const at = Math.floor(tick / tickSpacing) * tickSpacing
    const dust = { tokenWei: 0n, dollarMicros: 0n }
    expect(
      await reason("ann", { kind: "pool3.mint", pool: "hooked", tickLower: at - tickSpacing, tickUpper: at + tickSpacing, ...dust }),
    ).toBe("ZeroLiquidity")
    expect(await reason("ann", swap("hooked", "token", 0n))).toBe("SwapAmountCannotBeZero")
    expect(
      await reason("ann", {
        kind: "pool3.mint",
        pool: "hooked",
        tickLower: at - 1,
        tickUpper: at + tickSpacing,
        tokenWei: tokens(1),
        dollarMicros: usd(1),
      }),
    ).toBe("TickMisaligned")
    const { v4 } = pools3.pools.get("hooked")!
    const hookAddress = await call("ann", v4!.desk, encodeFunctionData({ abi: pool4Desk.abi, functionName: "hook" }))
    const key = { currency0: pools3.factory, currency1: pools3.factory, fee: 0, tickSpacing: 1, hooks: pools3.factory }
    const params = { zeroForOne: true, amountSpecified: 1n, sqrtPriceLimitX96: 0n }
    const data = encodeFunctionData({ abi: volatilityFee.abi, functionName: "beforeSwap", args: [pools3.factory, key, params, "0x"] })
    const ask = (from: string) => call(from, `0x${hookAddress.slice(26)}`, data)
    await expect(ask("ann")).rejects.toThrow()
    expect(await ask("pool3.hooked")).toMatch(new RegExp(`^${toFunctionSelector(beforeSwap)}`))
  })
  await Effect.runPromise(playing)
})
