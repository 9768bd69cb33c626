import { describe, expect } from "vitest"
import { account, DAY, deployWorld, genesisSeconds, terms, testOn, TOKEN } from "../contract.fixture.ts"

const [a, b, c] = [account("a"), account("b"), account("c")]

const test = testOn((chain) => deployWorld(chain, { oracle: "oracle" }))

describe("credit", () => {
  test("splits the emission by work and keeps the remainder", async ({ chain, world: { rewards, balances } }) => {
    const { events } = await chain.act("oracle", rewards, "credit", [0, [a, b, c], [1n, 0n, 2n]])
    const third = terms.firstWei / 3n
    const twoThirds = (terms.firstWei * 2n) / 3n
    expect(events).toEqual([
      ["Released", { epoch: 0, amountWei: terms.firstWei }],
      ["Credited", { epoch: 0, provider: a, amountWei: third }],
      ["Credited", { epoch: 0, provider: c, amountWei: twoThirds }],
    ])
    expect(await chain.read(rewards, "accruedWei", [a])).toBe(third)
    expect(await chain.read(rewards, "accruedWei", [b])).toBe(0n)
    expect(await chain.read(rewards, "accruedWei", [c])).toBe(twoThirds)
    expect(await chain.read(rewards, "carriedWei", [])).toBe(1n)
    expect(await balances(rewards.address)).toMatchObject({ tokenWei: terms.firstWei })
  })

  test("adds what was carried to the next pot", async ({ chain, world: { rewards } }) => {
    await chain.act("oracle", rewards, "credit", [0, [a, b, c], [1n, 1n, 1n]])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(1n)
    await chain.advanceTo(genesisSeconds + DAY)
    const { events } = await chain.act("oracle", rewards, "credit", [1, [a], [5n]])
    expect(events.at(-1)).toEqual(["Credited", { epoch: 1, provider: a, amountWei: 980n * TOKEN + 1n }])
    expect(await chain.read(rewards, "accruedWei", [a])).toBe(terms.firstWei / 3n + 980n * TOKEN + 1n)
    expect(await chain.read(rewards, "carriedWei", [])).toBe(0n)
  })

  test("carries the whole pot when nobody worked", async ({ chain, world: { rewards } }) => {
    const { events } = await chain.act("oracle", rewards, "credit", [0, [a, b], [0n, 0n]])
    expect(events).toEqual([["Released", { epoch: 0, amountWei: terms.firstWei }]])
    await chain.advanceTo(genesisSeconds + DAY)
    await chain.act("oracle", rewards, "credit", [1, [], []])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(1_980n * TOKEN)
  })

  test("says nothing about a share that rounds down to 0", async ({ chain }) => {
    const { rewards } = await deployWorld(chain, { oracle: "oracle", firstWei: 10n })
    const { events } = await chain.act("oracle", rewards, "credit", [0, [a, b], [1n, 99n]])
    expect(events).toEqual([
      ["Released", { epoch: 0, amountWei: 10n }],
      ["Credited", { epoch: 0, provider: b, amountWei: 9n }],
    ])
    expect(await chain.read(rewards, "carriedWei", [])).toBe(1n)
  })

  test("is the oracle's alone, and needs an epoch to release", async ({ chain, world: { rewards } }) => {
    expect(await chain.refusal("a", rewards, "credit", [0, [a], [1n]])).toBe(`NotOracle(${a})`)
    expect(await chain.refusal("oracle", rewards, "credit", [1, [a], [1n]])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
    await chain.act("oracle", rewards, "credit", [0, [a], [1n]])
    expect(await chain.refusal("oracle", rewards, "credit", [0, [a], [1n]])).toBe("AlreadyReleased(0)")
  })
})

describe("claim", () => {
  test("pays what is accrued, once", async ({ chain, world: { rewards, balances } }) => {
    expect(await chain.refusal("a", rewards, "claim", [])).toBe(`NothingAccrued(${a})`)
    await chain.act("oracle", rewards, "credit", [0, [a, b], [1n, 3n]])
    const { events } = await chain.act("a", rewards, "claim", [])
    expect(events).toEqual([["Claimed", { provider: a, amountWei: 250n * TOKEN }]])
    expect(await balances(a)).toMatchObject({ tokenWei: 250n * TOKEN })
    expect(await balances(rewards.address)).toMatchObject({ tokenWei: 750n * TOKEN })
    expect(await chain.refusal("a", rewards, "claim", [])).toBe(`NothingAccrued(${a})`)
  })
})
