import { describe, expect } from "vitest"
import { type Hex, keccak256, toHex } from "viem"
import * as artifacts from "../artifacts.ts"
import { account, DAY, deployWorld, genesisSeconds, type TestChain, testOn, TOKEN, USD } from "../contract.fixture.ts"

const unlimited = 2n ** 256n - 1n
const feeBps = 2_000n
const unlockSeconds = BigInt(DAY)

/** A pool, a farm that pays 70 tokens over its seven days, a vault over it, and two depositors with pool shares. */
const withVault = async (chain: TestChain) => {
  const world = await deployWorld(chain)
  const { token, dollar, pair, router } = world
  const operator = account("operator")
  for (const [id, tokens] of [
    ["lp", 1_000n],
    ["ann", 100n],
    ["bob", 100n],
  ] as const) {
    await world.fund(id, tokens * TOKEN, tokens * USD)
    const amounts = [tokens * TOKEN, tokens * USD, 0n, 0n] as const
    await chain.act(id, router, "addLiquidity", [token.address, dollar.address, ...amounts, account(id), BigInt(genesisSeconds)])
  }
  const farm = await chain.deploy(artifacts.stakingRewards, [operator, operator, token.address, pair.address])
  await chain.act("treasury", token, "transfer", [farm.address, 70n * TOKEN])
  await chain.act("operator", farm, "notifyRewardAmount", [70n * TOKEN])
  const vault = await chain.deploy(artifacts.yieldVault, [pair.address, operator, account("treasury"), true, 6, unlockSeconds, feeBps])
  const parts = [vault.address, token.address, dollar.address, pair.address, router.address, farm.address] as const
  const strategy = await chain.deploy(artifacts.stakingRewardsStrategy, parts)
  await chain.act("operator", vault, "addStrategy", [strategy.address])
  await chain.act("operator", vault, "grantRole", [keccak256(toHex("STRATEGIST_ROLE")), account("keeper")])
  for (const id of ["ann", "bob"]) await chain.act(id, pair, "approve", [vault.address, unlimited])
  const shares = await chain.read(pair, "balanceOf", [account("ann")])
  const deposit = (id: string) => chain.act(id, vault, "deposit", [shares, account(id)])
  const invest = (amount: bigint) => chain.act("keeper", vault, "updateDebt", [strategy.address, amount])
  const report = () => chain.act("keeper", vault, "report", [strategy.address, 0n])
  const worth = async (id: string) => chain.read(vault, "convertToAssets", [await chain.read(vault, "balanceOf", [account(id)])])
  return { ...world, farm, vault, strategy, shares, deposit, invest, report, worth }
}

const test = testOn(withVault)

describe("a report", () => {
  test("counts the profit, mints the fee at the price before it, and releases the rest second by second", async ({ chain, world }) => {
    const { vault, pair, shares, deposit, invest, report, worth } = world
    await deposit("ann")
    await invest(shares)
    await chain.advanceTo(genesisSeconds + DAY)
    const { events } = await report()
    const [, reported] = events.find(([name]) => name === "Reported")!
    const profit = reported["profit"] as bigint
    expect(reported).toMatchObject({ loss: 0n, strategy: world.strategy.address })
    expect(profit).toBeGreaterThan(0n)
    const fee = (profit * feeBps) / 10_000n
    expect(reported["feeShares"]).toBe((fee * (shares * 1_000_000n + 1_000_000n)) / (shares + 1n))
    expect(await chain.read(vault, "lockedProfit", [])).toBe(profit - fee)
    expect(await worth("ann")).toBe(shares)
    expect(await chain.read(pair, "balanceOf", [vault.address])).toBe(0n)

    await chain.advanceTo(genesisSeconds + DAY + 1)
    const locked = await chain.read(vault, "lockedProfit", [])
    expect(locked).toBe(((profit - fee) * (unlockSeconds - 1n) + unlockSeconds - 1n) / unlockSeconds)
    await chain.advanceTo(genesisSeconds + 3 * DAY)
    expect(await chain.read(vault, "lockedProfit", [])).toBe(0n)
    expect(await chain.read(vault, "totalAssets", [])).toBe(shares + profit)
    // The treasury's shares have their part in the released profit.
    const released = Number((await worth("ann")) - shares) / Number(profit - fee)
    expect(released).toBeCloseTo(Number(shares) / Number(shares + fee), 9)
  })

  test("adds a new profit to what is still locked, and releases both over the whole time again", async ({ chain, world }) => {
    const { vault, shares, deposit, invest, report } = world
    await deposit("ann")
    await invest(shares)
    await chain.advanceTo(genesisSeconds + DAY)
    await report()
    await chain.advanceTo(genesisSeconds + DAY + DAY / 2)
    const half = await chain.read(vault, "lockedProfit", [])
    const { events } = await report()
    const profit = events.find(([name]) => name === "Reported")![1]["profit"] as bigint
    expect(await chain.read(vault, "lockedProfit", [])).toBe(half + profit - (profit * feeBps) / 10_000n)
  })

  test("books a loss at once; until then a withdrawal that needs the lost shares reverts", async ({ chain, world }) => {
    const { vault, strategy, pair, shares, deposit, invest, report, worth } = world
    await deposit("ann")
    await deposit("bob")
    await invest(2n * shares)
    // Somebody with the strategy's key takes a quarter of the shares.
    const thief = async (to: Hex, data: Hex) =>
      chain.client.sendTransaction({ account: strategy.address, to, data, gas: 300_000n, gasPrice: 0n, chain: null })
    await chain.client.setBalance({ address: strategy.address, value: 1n })
    await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 0n })
    const stolen = shares / 2n
    await thief(world.farm.address, `0x2e1a7d4d${stolen.toString(16).padStart(64, "0")}`)
    await chain.advanceTo(chain.now())
    await chain.client.setNextBlockBaseFeePerGas({ baseFeePerGas: 0n })
    await thief(
      pair.address,
      `0xa9059cbb${account("thief").slice(2).toLowerCase().padStart(64, "0")}${stolen.toString(16).padStart(64, "0")}`,
    )
    await chain.advanceTo(chain.now())
    expect(await chain.read(strategy, "totalShares", [])).toBe(2n * shares - stolen)

    expect(await worth("ann")).toBe(shares)
    await chain.act("ann", vault, "withdraw", [shares, account("ann"), account("ann")])
    expect(await chain.refusal("bob", vault, "withdraw", [shares, account("bob"), account("bob")])).toBe(
      "Error(SafeMath: subtraction overflow)",
    )

    const { events } = await report()
    expect(events.find(([name]) => name === "Reported")![1]).toMatchObject({ profit: 0n, loss: stolen, feeShares: 0n })
    expect(await worth("bob")).toBe(shares - stolen)
    await chain.act("bob", vault, "redeem", [await chain.read(vault, "balanceOf", [account("bob")]), account("bob"), account("bob")])
    expect(await chain.read(pair, "balanceOf", [account("bob")])).toBe(shares - stolen)
  })

  test("has nothing to do with a strategy that was never added", async ({ chain, world }) => {
    const { vault, farm } = world
    expect(await chain.refusal("keeper", vault, "report", [farm.address, 0n])).toBe(`UnknownStrategy(${farm.address})`)
    expect(await chain.refusal("keeper", vault, "updateDebt", [farm.address, 0n])).toBe(`UnknownStrategy(${farm.address})`)
  })
})

test("a strategy obeys its vault only", async ({ chain, world: { strategy } }) => {
  const refused = `NotVault(${account("keeper")})`
  expect(await chain.refusal("keeper", strategy, "invest", [])).toBe(refused)
  expect(await chain.refusal("keeper", strategy, "divest", [0n])).toBe(refused)
  expect(await chain.refusal("keeper", strategy, "harvest", [])).toBe(refused)
})

test("a harvest of nothing, or of less than a unit of anything, does no harm", async ({ chain, world }) => {
  const { shares, deposit, invest, report, token, strategy } = world
  await report()
  await deposit("ann")
  await invest(shares)
  await chain.act("treasury", token, "transfer", [strategy.address, 1n])
  const { events } = await report()
  expect(events.find(([name]) => name === "Reported")![1]).toMatchObject({ profit: 0n, loss: 0n, feeShares: 0n })
  expect(events.map(([name]) => name)).not.toContain("Swap")
})

test("takes no fee above the whole", async ({ chain, world: { pair } }) => {
  const args = [pair.address, account("operator"), account("treasury"), true, 0, 0n, 10_001n] as const
  expect(await chain.refusalToDeploy(artifacts.yieldVault, args)).toBe("BpsTooLarge(10001)")
})

test("the budget of a MasterChef obeys its operator and its chef only", async ({ chain, world: { token, dollar, pair } }) => {
  const budget = await chain.deploy(artifacts.chefBudget, [token.address, pair.address, dollar.address, account("treasury")])
  const stranger = account("ann")
  expect(await chain.refusal("ann", budget, "hire", [stranger])).toBe(`NotOperator(${stranger})`)
  expect(await chain.refusal("ann", budget, "start", [])).toBe(`NotOperator(${stranger})`)
  expect(await chain.refusal("ann", budget, "end", [])).toBe(`NotOperator(${stranger})`)
  expect(await chain.refusal("ann", budget, "mint", [stranger, 1n])).toBe(`NotChef(${stranger})`)
  expect(await chain.refusal("ann", budget, "transfer", [stranger, 1n])).toBe(`NotChef(${stranger})`)
  await chain.act("operator", budget, "hire", [account("chef")])
  expect(await chain.refusal("operator", budget, "hire", [stranger])).toBe(`HasChef(${account("chef")})`)

  await chain.act("treasury", token, "transfer", [budget.address, 10n])
  await chain.act("chef", budget, "mint", [account("developers"), 3n])
  expect(await chain.read(budget, "assignedWei", [])).toBe(0n)
  await chain.act("chef", budget, "mint", [account("chef"), 7n])
  await chain.act("chef", budget, "mint", [account("chef"), 7n])
  expect(await chain.read(budget, "balanceOf", [account("chef")])).toBe(10n)
  expect(await chain.read(budget, "balanceOf", [stranger])).toBe(0n)
  await chain.act("chef", budget, "transfer", [stranger, 4n])
  expect(await chain.read(token, "balanceOf", [stranger])).toBe(4n)
  expect(await chain.read(budget, "unassignedWei", [])).toBe(0n)
})
