import { describe, expect } from "vitest"
import { account, DAY, deployWorld, genesisSeconds, testOn, TOKEN } from "../contract.fixture.ts"

const stake = 100n * TOKEN

const test = testOn(async (chain) => {
  const world = await deployWorld(chain, { oracle: "oracle" })
  await world.fund("alice", 1_000n * TOKEN, 0n)
  await world.fund("bob", 1_000n * TOKEN, 0n)
  const providerOf = (id: string) => chain.read(world.registry, "providerOf", [account(id)])
  return { ...world, providerOf }
})

const absent = { stakeWei: 0n, gpuCount: 0, unbondsAt: 0, number: 0, status: 0 }

describe("register", () => {
  test("takes the stake and makes the provider active", async ({ chain, world: { registry, balances, providerOf } }) => {
    expect(await providerOf("alice")).toEqual(absent)
    const { events } = await chain.act("alice", registry, "register", [2, 2n * stake + 1n])
    expect(events).toEqual([["Registered", { provider: account("alice"), gpuCount: 2, stakeWei: 2n * stake + 1n }]])
    expect(await providerOf("alice")).toEqual({ stakeWei: 2n * stake + 1n, gpuCount: 2, unbondsAt: 0, number: 1, status: 1 })
    expect(await balances(registry.address)).toMatchObject({ tokenWei: 2n * stake + 1n })
    expect(await balances(account("alice"))).toMatchObject({ tokenWei: 800n * TOKEN - 1n })
    expect(await chain.read(registry, "totalStakeWei", [])).toBe(2n * stake + 1n)
  })

  test("refuses no GPU, too little stake, a second registration, and tokens that are not there", async ({ chain, world: { registry } }) => {
    expect(await chain.refusal("alice", registry, "register", [0, stake])).toBe("ZeroGpus()")
    expect(await chain.refusal("alice", registry, "register", [2, 2n * stake - 1n])).toBe(
      `InsufficientStake(${2n * stake - 1n}, ${2n * stake})`,
    )
    expect(await chain.refusal("alice", registry, "register", [1, 1_001n * TOKEN])).toBe(
      `ERC20InsufficientBalance(${account("alice")}, ${1_000n * TOKEN}, ${1_001n * TOKEN})`,
    )
    await chain.act("alice", registry, "register", [1, stake])
    expect(await chain.refusal("alice", registry, "register", [1, stake])).toBe(`AlreadyRegistered(${account("alice")})`)
    await chain.act("alice", registry, "requestExit", [])
    expect(await chain.refusal("alice", registry, "register", [1, stake])).toBe(`AlreadyRegistered(${account("alice")})`)
    // The order of the checks, as docs/contracts.md lists them.
    expect(await chain.refusal("alice", registry, "register", [0, 0n])).toBe("ZeroGpus()")
    expect(await chain.refusal("alice", registry, "register", [1, 0n])).toBe(`InsufficientStake(0, ${stake})`)
  })

  test("gives a returning provider its old place", async ({ chain, world: { registry, providerOf } }) => {
    await chain.act("alice", registry, "register", [1, stake])
    await chain.act("bob", registry, "register", [1, stake])
    await chain.act("alice", registry, "requestExit", [])
    await chain.advanceTo(genesisSeconds + 7 * DAY)
    await chain.act("alice", registry, "withdraw", [])
    expect(await providerOf("alice")).toEqual({ ...absent, number: 1 })
    await chain.act("alice", registry, "register", [3, 3n * stake])
    expect(await providerOf("alice")).toEqual({ stakeWei: 3n * stake, gpuCount: 3, unbondsAt: 0, number: 1, status: 1 })
    expect(await chain.read(registry, "list", [])).toEqual([account("alice"), account("bob")])
    expect(await chain.read(registry, "count", [])).toBe(2n)
  })
})

describe("addStake", () => {
  test("takes more", async ({ chain, world: { registry, providerOf } }) => {
    await chain.act("alice", registry, "register", [1, stake])
    const { events } = await chain.act("alice", registry, "addStake", [7n])
    expect(events).toEqual([["StakeAdded", { provider: account("alice"), amountWei: 7n }]])
    expect(await providerOf("alice")).toMatchObject({ stakeWei: stake + 7n })
    expect(await chain.read(registry, "totalStakeWei", [])).toBe(stake + 7n)
  })

  test("is for active providers and amounts above 0", async ({ chain, world: { registry } }) => {
    expect(await chain.refusal("alice", registry, "addStake", [0n])).toBe(`NotActive(${account("alice")})`)
    await chain.act("alice", registry, "register", [1, stake])
    expect(await chain.refusal("alice", registry, "addStake", [0n])).toBe("ZeroAmount()")
    await chain.act("alice", registry, "requestExit", [])
    expect(await chain.refusal("alice", registry, "addStake", [1n])).toBe(`NotActive(${account("alice")})`)
  })
})

describe("leaving", () => {
  test("takes the unbonding time to the second", async ({ chain, world: { registry, balances, providerOf } }) => {
    await chain.act("alice", registry, "register", [1, stake])
    const unbondsAt = genesisSeconds + 7 * DAY
    const { events } = await chain.act("alice", registry, "requestExit", [])
    expect(events).toEqual([["ExitRequested", { provider: account("alice"), unbondsAt }]])
    expect(await providerOf("alice")).toEqual({ stakeWei: stake, gpuCount: 1, unbondsAt, number: 1, status: 2 })
    await chain.advanceTo(unbondsAt - 1)
    expect(await chain.refusal("alice", registry, "withdraw", [])).toBe(`StillUnbonding(${unbondsAt})`)
    await chain.advanceTo(unbondsAt)
    expect((await chain.act("alice", registry, "withdraw", [])).events).toEqual([
      ["Withdrawn", { provider: account("alice"), amountWei: stake }],
    ])
    expect(await balances(account("alice"))).toMatchObject({ tokenWei: 1_000n * TOKEN })
    expect(await chain.read(registry, "totalStakeWei", [])).toBe(0n)
  })

  test("is refused to those who are not there", async ({ chain, world: { registry } }) => {
    expect(await chain.refusal("alice", registry, "requestExit", [])).toBe(`NotActive(${account("alice")})`)
    expect(await chain.refusal("alice", registry, "withdraw", [])).toBe(`NotUnbonding(${account("alice")})`)
    await chain.act("alice", registry, "register", [1, stake])
    expect(await chain.refusal("alice", registry, "withdraw", [])).toBe(`NotUnbonding(${account("alice")})`)
    await chain.act("alice", registry, "requestExit", [])
    expect(await chain.refusal("alice", registry, "requestExit", [])).toBe(`NotActive(${account("alice")})`)
  })
})

describe("slash", () => {
  test("burns a share of the stake, rounded down", async ({ chain, world: { token, registry, balances, providerOf } }) => {
    const odd = stake + 199n
    await chain.act("alice", registry, "register", [1, odd])
    const supply = await chain.read(token, "totalSupply", [])
    const amountWei = (odd * 333n) / 10_000n
    const { events } = await chain.act("oracle", registry, "slash", [account("alice"), 333n])
    expect(events).toEqual([["Slashed", { provider: account("alice"), amountWei }]])
    expect(amountWei * 10_000n).toBeLessThan(odd * 333n)
    expect(await providerOf("alice")).toMatchObject({ stakeWei: odd - amountWei, status: 1 })
    expect(await chain.read(registry, "totalStakeWei", [])).toBe(odd - amountWei)
    expect(await balances(registry.address)).toMatchObject({ tokenWei: odd - amountWei })
    expect(await chain.read(token, "totalSupply", [])).toBe(supply - amountWei)
  })

  test("reaches a stake that is unbonding, and withdraw pays what is left", async ({ chain, world: { registry, balances } }) => {
    await chain.act("alice", registry, "register", [1, stake])
    await chain.act("alice", registry, "requestExit", [])
    await chain.act("oracle", registry, "slash", [account("alice"), 2_500n])
    await chain.advanceTo(genesisSeconds + 7 * DAY)
    expect((await chain.act("alice", registry, "withdraw", [])).events).toEqual([
      ["Withdrawn", { provider: account("alice"), amountWei: 75n * TOKEN }],
    ])
    expect(await balances(account("alice"))).toMatchObject({ tokenWei: 975n * TOKEN })
  })

  test("of one who is absent does nothing", async ({ chain, world: { registry } }) => {
    expect((await chain.act("oracle", registry, "slash", [account("alice"), 10_000n])).events).toEqual([])
    await chain.act("alice", registry, "register", [1, stake])
    await chain.act("alice", registry, "requestExit", [])
    await chain.advanceTo(genesisSeconds + 7 * DAY)
    await chain.act("alice", registry, "withdraw", [])
    expect((await chain.act("oracle", registry, "slash", [account("alice"), 10_000n])).events).toEqual([])
  })

  test("takes everything at 10000, and nothing after that", async ({ chain, world: { registry, providerOf } }) => {
    await chain.act("alice", registry, "register", [1, stake])
    await chain.act("oracle", registry, "slash", [account("alice"), 10_000n])
    expect(await providerOf("alice")).toEqual({ stakeWei: 0n, gpuCount: 1, unbondsAt: 0, number: 1, status: 1 })
    expect((await chain.act("oracle", registry, "slash", [account("alice"), 10_000n])).events).toEqual([])
  })

  test("is the oracle's alone", async ({ chain, world: { registry } }) => {
    expect(await chain.refusal("alice", registry, "slash", [account("alice"), 1n])).toBe(`NotOracle(${account("alice")})`)
  })
})
