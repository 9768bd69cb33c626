import { expect } from "vitest"
import { account, DAY, deployWorld, genesisSeconds, supplyWei, terms, testOn, TOKEN } from "../contract.fixture.ts"

const test = testOn((chain) => deployWorld(chain, { distributor: "distributor" }))

test("mints the epoch's amount to the distributor", async ({ chain, world: { token, emissions, balances } }) => {
  const first = await chain.act("distributor", emissions, "release", [0, 0n])
  expect(first.events).toEqual([["Released", { epoch: 0, amountWei: terms.firstWei }]])
  await chain.advanceTo(genesisSeconds + DAY)
  const second = await chain.act("distributor", emissions, "release", [1, 0n])
  expect(second.events).toEqual([["Released", { epoch: 1, amountWei: 980n * TOKEN }]])
  expect(await balances(account("distributor"))).toMatchObject({ tokenWei: 1_980n * TOKEN })
  expect(await chain.read(emissions, "emittedWei", [])).toBe(1_980n * TOKEN)
  expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei + 1_980n * TOKEN)
})

test("releases to the distributor only, once, and not before the epoch", async ({ chain, world: { emissions } }) => {
  expect(await chain.refusal("operator", emissions, "release", [0, 0n])).toBe(`NotDistributor(${account("operator")})`)
  expect(await chain.refusal("distributor", emissions, "release", [1, 0n])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
  await chain.act("distributor", emissions, "release", [0, 0n])
  expect(await chain.refusal("distributor", emissions, "release", [0, 0n])).toBe("AlreadyReleased(0)")
  await chain.advanceTo(genesisSeconds + DAY - 1)
  expect(await chain.refusal("distributor", emissions, "release", [1, 0n])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
  await chain.advanceTo(genesisSeconds + DAY)
  expect(await chain.refusal("distributor", emissions, "release", [1, 0n])).toBe("nothing")
})

test("never releases an epoch that was passed over", async ({ chain, world: { emissions } }) => {
  await chain.advanceTo(genesisSeconds + 5 * DAY)
  await chain.act("distributor", emissions, "release", [5, 0n])
  expect(await chain.refusal("distributor", emissions, "release", [4, 0n])).toBe("AlreadyReleased(4)")
  expect(await chain.read(emissions, "nextEpoch", [])).toBe(6)
})
