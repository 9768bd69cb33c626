import { describe, expect } from "vitest"
import { toHex } from "viem"
import { amountOut } from "../../sim/protocols/pool.ts"
import * as artifacts from "../artifacts.ts"
import { account, deployWorld, genesisSeconds, supplyWei, type TestChain, testOn, TOKEN, USD } from "../contract.fixture.ts"

const [poolWei, poolMicros] = [100_000n * TOKEN, 200_000n * USD + 99n]
/** 1 % of the pool's dollars, rounded down. */
const capMicros = 2_000n * USD

/** A world whose pool has liquidity, and a way to give the engine dollars. */
const withPool = async (chain: TestChain) => {
  const world = await deployWorld(chain)
  await world.fund("lp", poolWei, poolMicros)
  const feed = (micros: bigint) => chain.act("issuer", world.dollar, "mint", [world.burn.address, micros, toHex("budget", { size: 32 })])
  const addLiquidity = () =>
    chain.act("lp", world.router, "addLiquidity", [
      world.token.address,
      world.dollar.address,
      poolWei,
      poolMicros,
      0n,
      0n,
      account("lp"),
      BigInt(genesisSeconds),
    ])
  return { ...world, feed, addLiquidity }
}

const test = testOn(withPool)

describe("execute", () => {
  test("spends all that it holds below the cap, and burns what it receives", async ({ chain, world }) => {
    const { token, burn, balances, feed } = world
    await world.addLiquidity()
    await feed(capMicros - 1n)
    const { events } = await chain.act("anyone", burn, "execute", [])
    const burnedWei = amountOut(capMicros - 1n, poolMicros, poolWei)
    const executed = events.filter(([name]) => name === "Executed")
    expect(executed).toEqual([["Executed", { spentMicros: capMicros - 1n, burnedWei, keptWei: 0n }]])
    expect(await balances(burn.address)).toEqual({ tokenWei: 0n, dollarMicros: 0n })
    expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei - burnedWei)
    expect(await chain.read(burn, "spentMicros", [])).toBe(capMicros - 1n)
    expect(await chain.read(burn, "burnedWei", [])).toBe(burnedWei)
  })

  test("spends no more than the cap, which follows the pool, and adds up", async ({ chain, world }) => {
    const { burn, balances, feed } = world
    await world.addLiquidity()
    await feed(3n * capMicros)
    expect(await chain.read(burn, "spendableMicros", [])).toBe(capMicros)
    await chain.act("anyone", burn, "execute", [])
    expect(await balances(burn.address)).toEqual({ tokenWei: 0n, dollarMicros: 2n * capMicros })

    const secondMicros = (poolMicros + capMicros) / 100n
    await chain.act("anyone", burn, "execute", [])
    const firstWei = amountOut(capMicros, poolMicros, poolWei)
    const secondWei = amountOut(secondMicros, poolMicros + capMicros, poolWei - firstWei)
    expect(await chain.read(burn, "spentMicros", [])).toBe(capMicros + secondMicros)
    expect(await chain.read(burn, "burnedWei", [])).toBe(firstWei + secondWei)
  })

  test("has nothing to spend while the pool is empty", async ({ chain, world }) => {
    const { burn, feed } = world
    await feed(USD)
    expect(await chain.refusal("anyone", burn, "execute", [])).toBe("NothingToSpend()")
  })

  test("has nothing to spend with an empty purse", async ({ chain, world }) => {
    await world.addLiquidity()
    expect(await chain.refusal("anyone", world.burn, "execute", [])).toBe("NothingToSpend()")
  })

  test("never pays for nothing", async ({ chain, world }) => {
    await world.addLiquidity()
    // The token is dear: one micro-dollar buys less than one wei once the pool holds next to none.
    const { token, dollar, router } = world
    await world.fund("whale", 0n, 10n ** 30n)
    const path = [dollar.address, token.address]
    await chain.act("whale", router, "swapExactTokensForTokens", [10n ** 30n, 0n, path, account("whale"), BigInt(genesisSeconds)])
    await world.feed(1n)
    expect(await chain.refusal("anyone", world.burn, "execute", [])).toBe("Error(UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT)")
  })

  test("knows its side of the pair, whichever token has the lower address", async ({ chain }) => {
    const seen = new Set<boolean>()
    while (seen.size < 2) {
      const world = await withPool(chain)
      await world.addLiquidity()
      await world.feed(3n * capMicros)
      expect(await chain.read(world.burn, "spendableMicros", [])).toBe(capMicros)
      seen.add((await chain.read(world.pair, "token0", [])) === world.dollar.address)
    }
  })
})

/** A world whose engine pays at most 1 % above the outside market's 2 dollars, and keeps a quarter. */
const withBuyback = async (chain: TestChain) => {
  const terms = { spendBpsMax: 10_000n, premiumBpsMax: 100n, keepBps: 2_500n }
  const world = await deployWorld(chain, terms)
  await world.fund("lp", poolWei, 200_000n * USD)
  const amounts = [poolWei, 200_000n * USD, 0n, 0n] as const
  await chain.act("lp", world.router, "addLiquidity", [
    world.token.address,
    world.dollar.address,
    ...amounts,
    account("lp"),
    BigInt(genesisSeconds),
  ])
  await chain.act("issuer", world.dollar, "mint", [world.burn.address, 50_000n * USD, toHex("budget", { size: 32 })])
  return world
}

const testBuyback = testOn(withBuyback)

describe("a buyback", () => {
  testBuyback("stops where the pool is as much dearer as is allowed, and keeps its part", async ({ chain, world }) => {
    const { burn, balances } = world
    const spend = await chain.read(burn, "spendableMicros", [])
    // Without fee the price grows with the square of the dollars: sqrt(1.01) - 1 of 200,000.
    expect(Number(spend) / Number(USD)).toBeCloseTo(200_000 * (Math.sqrt(1.01) - 1), 3)
    const { events } = await chain.act("anyone", burn, "execute", [])
    const boughtWei = amountOut(spend, 200_000n * USD, poolWei)
    const keptWei = (boughtWei * 2_500n) / 10_000n
    expect(events.filter(([name]) => name === "Executed")).toEqual([
      ["Executed", { spentMicros: spend, burnedWei: boughtWei - keptWei, keptWei }],
    ])
    expect((await balances(burn.address)).tokenWei).toBe(0n)
    const left = await chain.read(burn, "spendableMicros", [])
    expect(left).toBeLessThan(spend / 100n)
  })

  testBuyback("waits while the outside market is cheaper, and goes on when it is dearer", async ({ chain, world }) => {
    await chain.act("operator", world.venue, "post", [1_900_000n])
    expect(await chain.refusal("anyone", world.burn, "execute", [])).toBe("NothingToSpend()")
    await chain.act("operator", world.venue, "post", [2_100_000n])
    expect(await chain.read(world.burn, "spendableMicros", [])).toBeGreaterThan(5_000n * USD)
  })
})

test("takes no share above the whole", async ({ chain, world: { token, dollar, pair, router, venue } }) => {
  const parts = [token.address, dollar.address, pair.address, router.address, venue.address, account("treasury")] as const
  expect(await chain.refusalToDeploy(artifacts.burnEngine, [...parts, 10_001n, 0n, 0n])).toBe("BpsTooLarge(10001)")
  expect(await chain.refusalToDeploy(artifacts.burnEngine, [...parts, 0n, 0n, 10_001n])).toBe("BpsTooLarge(10001)")
})
