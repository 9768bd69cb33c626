import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis } from "../../sim/ledger.ts"
import { burnTerms } from "../../sim/protocols/burn.ts"
import { amountOut } from "../../sim/protocols/pool.ts"
import { cost, proceeds } from "../../sim/protocols/tax.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import { account, deployWorld, supplyWei, testOn } from "../contract.fixture.ts"
import * as artifacts from "../artifacts.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const tokens = (count: bigint) => count * WEI_PER_TOKEN
const usd = (count: bigint) => count * MICROS_PER_USD
const shares = { burnShareBps: 6_000, treasuryShareBps: 1_000 }
const genesis: Genesis = {
  ...worldGenesis,
  burn: burnTerms({ kind: "tax", spendBpsMax: 100, buyBps: 500, sellBps: 300, ...shares }),
}
const play = (ticks: ReadonlyArray<Orders>, of = genesis) =>
  Effect.runPromise(
    playTicks(
      of,
      ticks.map((orders) => () => orders),
    ),
  )

describe("trades of a taxed token", () => {
  test("leave a part behind in both directions, and come out as agents expect", async () => {
    const sell: Orders = [["ann", { kind: "pool.swap", sell: "token", amountIn: tokens(100n) + 7n, amountOutMin: 0n }]]
    const buy: Orders = [["ann", { kind: "pool.swap", sell: "dollar", amountIn: usd(50n), amountOutMin: 0n }]]
    const [sold, bought] = await play([sell, buy])
    const gain = ({ before, after }: NonNullable<typeof sold>) => ({
      dollars: after.dollar.balanceMicros.get("ann")! - before.dollar.balanceMicros.get("ann")!,
      tokens: after.token.balanceWei.get("ann")! - before.token.balanceWei.get("ann")!,
    })
    expect(gain(sold!)).toEqual({ dollars: proceeds(sold!.before, "token", tokens(100n) + 7n), tokens: -tokens(100n) - 7n })
    expect(gain(bought!)).toEqual({ dollars: -usd(50n), tokens: proceeds(bought!.before, "dollar", usd(50n)) })
    expect(factsOf(sold!.receipts, "tax.levied")).toEqual([
      { kind: "tax.levied", agent: "ann", sell: "token", amountWei: ((tokens(100n) + 7n) * 300n) / 10_000n },
    ])
    expect(factsOf(bought!.receipts, "tax.levied")[0]).toMatchObject({ sell: "dollar" })
  })

  test("cost no less than what brings the wanted amount", async () => {
    const [{ before } = expect.unreachable()] = await play([[["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]])
    for (const wanted of [1n, 12_345_678_901n, tokens(17n)]) {
      const paid = cost(before, "dollar", wanted)!
      expect(proceeds(before, "dollar", paid)).toBeGreaterThanOrEqual(wanted)
      const sold = cost(before, "token", wanted % usd(100n))!
      expect(proceeds(before, "token", sold)).toBeGreaterThanOrEqual(wanted % usd(100n))
    }
  })

  test("are refused when less comes out than asked for, tax included", async () => {
    const out = amountOut(usd(50n), usd(5_500n), tokens(11_000n))
    const [played] = await play([[["ann", { kind: "pool.swap", sell: "dollar", amountIn: usd(50n), amountOutMin: out }]]])
    expect(played!.receipts[0]!.reason).toBe("UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT")
  })

  test("are the only transfers that are taxed, with liquidity; the engine's own purchase is free", async () => {
    const played = await play([
      [
        ["ann", { kind: "token.transfer", to: "bob", amountWei: tokens(10n) }],
        ["bob", { kind: "venue.trade", sell: "token", tokenWei: tokens(10n) }],
        ["bob", { kind: "dollar.transfer", to: "burn", amountMicros: usd(20n) }],
        ["bob", { kind: "burn.execute" }],
      ],
      [["cleo", { kind: "pool.addLiquidity", tokenWei: tokens(100n), dollarMicros: usd(100n) }]],
      [["cleo", { kind: "pool.removeLiquidity", shares: 10n ** 12n }]],
    ])
    expect(factsOf(played[0]!.receipts, "tax.levied")).toEqual([])
    expect(factsOf(played[0]!.receipts, "burn.executed")).toHaveLength(1)
    expect(factsOf(played[1]!.receipts, "tax.levied")).toEqual([
      { kind: "tax.levied", agent: "cleo", sell: "token", amountWei: tokens(3n) },
    ])
    expect(factsOf(played[2]!.receipts, "tax.levied")[0]).toMatchObject({ sell: "dollar" })
  })
})

describe("the tax", () => {
  const sell: Orders = [["ann", { kind: "pool.swap", sell: "token", amountIn: tokens(1_000n), amountOutMin: 0n }]]
  const execute: Orders = [["bob", { kind: "burn.execute" }]]

  test("is burned and given to the treasury, the stakers' part too while there are none", async () => {
    const [, split] = await play([sell, execute, execute])
    expect(factsOf(split!.receipts, "tax.split")).toEqual([
      { kind: "tax.split", burnedWei: tokens(18n), treasuryWei: tokens(12n), stakersWei: 0n },
    ])
    expect(split!.before.token.supplyWei - split!.after.token.supplyWei).toBe(tokens(18n))
  })

  test("goes to those who stake", async () => {
    const withStakers = { ...genesis, staking: { emissionBps: 0, feeBps: 0, unbondingSeconds: 0 } }
    const [, split] = await play([[["bob", { kind: "staking.stake", amountWei: tokens(4n) }], ...sell], execute], withStakers)
    expect(factsOf(split!.receipts, "tax.split")).toEqual([
      { kind: "tax.split", burnedWei: tokens(18n), treasuryWei: tokens(3n), stakersWei: tokens(9n) },
    ])
    expect(split!.after.staking.stakers.get("bob")!.earnedWei).toBe(tokens(9n))
  })
})

testOn((chain) => deployWorld(chain))("a tax takes no share above the whole", async ({ chain }) => {
  const terms = [account("operator"), account("treasury"), supplyWei, account("burn")] as const
  expect(await chain.refusalToDeploy(artifacts.taxedToken, [...terms, 10_001n, 0n])).toBe("BpsTooLarge(10001)")
  expect(await chain.refusalToDeploy(artifacts.taxedToken, [...terms, 0n, 10_001n])).toBe("BpsTooLarge(10001)")
})
