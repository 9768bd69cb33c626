import { Effect } from "effect"
import { expect, test } from "vitest"
import { decodeFunctionResult, encodeFunctionData, parseAbi } from "viem"
import type { Action } from "../../sim/ledger.ts"
import { addressOf } from "../accounts.ts"
import { managerAbi } from "./artifacts.ts"
import { around, mint, onStage, pools3Genesis, type Stage, swap, tokens, usd } from "./stage.fixture.ts"

const play = <A>(work: (stage: Stage) => Promise<A>): Promise<A> => Effect.runPromise(onStage(pools3Genesis, work))

/** What `collect` pays, by asking it. */
const payable = async ({ call, tokenFirst, pools3 }: Stage, agent: string, tokenId: bigint) => {
  const everything = 2n ** 128n - 1n
  const params = { tokenId, recipient: addressOf(agent), amount0Max: everything, amount1Max: everything }
  const answer = await call(agent, pools3.manager, encodeFunctionData({ abi: managerAbi, functionName: "collect", args: [params] }))
  const [amount0, amount1] = decodeFunctionResult({ abi: managerAbi, functionName: "collect", data: answer })
  return tokenFirst ? [amount0, amount1] : [amount1, amount0]
}

test("says of every position what collect would pay, to the unit, wherever the price has been", async () => {
  await play(async (stage) => {
    const { act, view, tokenFirst } = stage
    const [near, wide] = [around(1_000, tokenFirst), around(6_000, tokenFirst)]
    const above: readonly [number, number] = [near[1], wide[1]]
    const story: ReadonlyArray<readonly [string, Action]> = [
      ["bob", mint("low", near, 3)],
      ["cleo", swap("low", "token", tokens(333))],
      // The same range: the pool keeps one account for both.
      ["ann", mint("low", near, 7)],
      ["cleo", swap("low", "dollar", usd(1_001))],
      ["cleo", swap("low", "token", tokens(777))],
      ["ann", mint("low", above, 2)],
      ["bob", { kind: "pool3.decrease", pool: "low", positionId: 3n, liquidity: 10n ** 13n + 7n }],
      // Through both ranges and back, so that fee growth outside of ticks wraps around.
      ["cleo", swap("low", "dollar", usd(30_000))],
      ["cleo", swap("low", "token", tokens(20_000))],
      ["bob", { kind: "pool3.increase", pool: "low", positionId: 3n, tokenWei: tokens(11), dollarMicros: usd(7) }],
      ["cleo", swap("low", "token", tokens(40_000))],
      ["ann", { kind: "pool3.collect", pool: "low", positionId: 4n }],
      ["cleo", swap("low", "dollar", usd(17_003))],
      ["cleo", swap("high", "dollar", usd(170))],
    ]
    let paying = 0
    for (const [agent, action] of story) {
      expect(await act(agent, action)).toMatchObject({ status: "ok" })
      for (const pool of (await view()).pools3.pools.values())
        for (const [id, { agent: owner, owedTokenWei, owedDollarMicros }] of pool.positions) {
          expect([owedTokenWei, owedDollarMicros], `position ${id}`).toEqual(await payable(stage, owner, id))
          if (owedTokenWei > 0n && owedDollarMicros > 0n) paying++
        }
    }
    expect(paying).toBeGreaterThan(20)
    const { pools } = (await view()).pools3
    expect([...pools.get("low")!.positions].map(([id, { agent }]) => [id, agent])).toEqual([
      [1n, "treasury"],
      [3n, "bob"],
      [4n, "ann"],
      [5n, "ann"],
    ])
    expect([...pools.get("high")!.positions.keys()]).toEqual([2n])
    expect((await view()).pools3.nextPositionId).toBe(6n)
  })
})

test("says what the pool pays where the manager believes in more", async () => {
  await play(async (stage) => {
    const { act, view, tokenFirst, call, pools3 } = stage
    const range = around(1_000, tokenFirst)
    await act("bob", mint("low", range, 30))
    await act("ann", mint("low", range, 70))
    for (let round = 0; round < 12; round++) {
      // A fee of one unit, of which both positions together earn less than one: at each visit the pool books nothing.
      await act("cleo", swap("low", "dollar", 1_000n))
      await act("ann", { kind: "pool3.collect", pool: "low", positionId: 4n })
    }
    const read = async (functionName: "positions", tokenId: bigint) =>
      decodeFunctionResult({
        abi: positionsAbi,
        functionName,
        data: await call("bob", pools3.manager, encodeFunctionData({ abi: positionsAbi, functionName, args: [tokenId] })),
      })
    const [bobs, anns] = [await read("positions", 3n), await read("positions", 4n)]
    // Ann's visit has just brought her growth up to date.
    const growth = [anns[8] - bobs[8], anns[9] - bobs[9]]
    const believed = (growth[tokenFirst ? 1 : 0]! * bobs[7]) >> 128n
    expect(believed).toBeGreaterThan(1n)
    const { owedTokenWei, owedDollarMicros } = (await view()).pools3.pools.get("low")!.positions.get(3n)!
    expect(owedDollarMicros).toBeLessThan(believed)
    expect([owedTokenWei, owedDollarMicros]).toEqual(await payable(stage, "bob", 3n))
    const { facts } = await act("bob", { kind: "pool3.collect", pool: "low", positionId: 3n })
    expect(facts).toEqual([
      { kind: "pool3.collected", agent: "bob", pool: "low", positionId: 3n, tokenWei: owedTokenWei, dollarMicros: owedDollarMicros },
    ])
  })
})

const positionsAbi = parseAbi([
  "function positions(uint256 tokenId) view returns (uint96 nonce, address operator, address token0, address token1, uint24 fee, int24 tickLower, int24 tickUpper, uint128 liquidity, uint256 growth0X128, uint256 growth1X128, uint128 owed0, uint128 owed1)",
])

const poolAbi = parseAbi([
  "function liquidity() view returns (uint128)",
  "function slot0() view returns (uint160 sqrtPriceX96, int24 tick, uint16 index, uint16 cardinality, uint16 cardinalityNext, uint8 feeProtocol, bool unlocked)",
])

test("says what the pool itself says, and who holds which coins", async () => {
  await play(async ({ act, view, call, pools3, tokenFirst }) => {
    await act("cleo", mint("high", around(2_000, tokenFirst), 2))
    await act("cleo", swap("high", "dollar", usd(1_234)))
    const { token, dollar, pools3: seen } = await view()
    for (const [id, pool] of seen.pools) {
      const { address, feePips, tickSpacing } = pools3.pools.get(id)!
      const ask = async (functionName: "slot0" | "liquidity") => call("bob", address, encodeFunctionData({ abi: poolAbi, functionName }))
      const [sqrtPriceX96, tick] = decodeFunctionResult({ abi: poolAbi, functionName: "slot0", data: await ask("slot0") })
      const liquidity = decodeFunctionResult({ abi: poolAbi, functionName: "liquidity", data: await ask("liquidity") })
      expect(pool).toMatchObject({ feePips, tickSpacing, tokenFirst, sqrtPriceX96, tick, liquidity })
      expect(pool.tokenWei).toBe(token.balanceWei.get(`pool3.${id}`))
      expect(pool.dollarMicros).toBe(dollar.balanceMicros.get(`pool3.${id}`))
      expect(pool.tokenWei).toBeGreaterThan(0n)
    }
    expect(token.balanceWei.get("pool3.manager")).toBe(0n)
    expect(dollar.balanceMicros.get("pool3.router")).toBe(0n)
  })
})

test("the mean tick weighs each price by its time: all of a young pool's, then the last day's", async () => {
  await play(async ({ act, view, seconds }) => {
    const low = async () => (await view()).pools3.pools.get("low")!
    const opening = await low()
    expect(opening.meanTick).toBe(opening.tick)
    // The price of each moment up to a swap is the one before it; the pool opens a second before the first tick begins.
    let since = seconds() - 1
    const past: Array<{ readonly tick: number; readonly from: number; readonly to: number }> = []
    let { tick } = opening
    for (const [sell, amount] of [
      ["token", tokens(5_000)],
      ["dollar", usd(700)],
      ["token", tokens(12_345)],
      ["dollar", usd(7_000)],
      ["dollar", usd(1)],
      ["token", tokens(1_234)],
      ["dollar", usd(2_000)],
    ] as const) {
      await act("cleo", swap("low", sell, amount))
      past.push({ tick, from: since, to: seconds() })
      since = seconds()
      const pool = await low()
      const start = Math.max(past[0]!.from, seconds() - 86_400)
      const sum = past.reduce((total, span) => total + span.tick * Math.max(0, span.to - Math.max(span.from, start)), 0)
      expect(pool.meanTick).toBe(Math.floor(sum / (seconds() - start)))
      tick = pool.tick
    }
    // Without trades the last price counts on, until it is the mean.
    for (let rest = 0; rest < 4; rest++) await act("ann", { kind: "dollar.onRamp", amountMicros: 1n, purpose: "capital" })
    expect(await low()).toMatchObject({ tick, meanTick: tick })
  })
})
