import { expect } from "vitest"
import { emissionWei } from "../../sim/protocols/emissions.ts"
import * as artifacts from "../artifacts.ts"
import { account, DAY, deployWorld, genesisSeconds, supplyWei, terms, testOn, TOKEN } from "../contract.fixture.ts"

const test = testOn((chain) => deployWorld(chain, { distributor: "distributor" }))

test("mints the epoch's amount to the distributor", async ({ chain, world: { token, emissions, balances } }) => {
  const first = await chain.act("distributor", emissions, "release", [0])
  expect(first.events).toEqual([["Released", { epoch: 0, amountWei: terms.firstWei }]])
  await chain.advanceTo(genesisSeconds + DAY)
  const second = await chain.act("distributor", emissions, "release", [1])
  expect(second.events).toEqual([["Released", { epoch: 1, amountWei: 980n * TOKEN }]])
  expect(await balances(account("distributor"))).toMatchObject({ tokenWei: 1_980n * TOKEN })
  expect(await chain.read(emissions, "emittedWei", [])).toBe(1_980n * TOKEN)
  expect(await chain.read(token, "totalSupply", [])).toBe(supplyWei + 1_980n * TOKEN)
})

test("releases to the distributor only, once, and not before the epoch", async ({ chain, world: { emissions } }) => {
  expect(await chain.refusal("operator", emissions, "release", [0])).toBe(`NotDistributor(${account("operator")})`)
  expect(await chain.refusal("distributor", emissions, "release", [1])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
  await chain.act("distributor", emissions, "release", [0])
  expect(await chain.refusal("distributor", emissions, "release", [0])).toBe("AlreadyReleased(0)")
  await chain.advanceTo(genesisSeconds + DAY - 1)
  expect(await chain.refusal("distributor", emissions, "release", [1])).toBe(`TooEarly(1, ${genesisSeconds + DAY})`)
  await chain.advanceTo(genesisSeconds + DAY)
  expect(await chain.refusal("distributor", emissions, "release", [1])).toBe("nothing")
})

test("never releases an epoch that was passed over", async ({ chain, world: { emissions } }) => {
  await chain.advanceTo(genesisSeconds + 5 * DAY)
  await chain.act("distributor", emissions, "release", [5])
  expect(await chain.refusal("distributor", emissions, "release", [4])).toBe("AlreadyReleased(4)")
  expect(await chain.read(emissions, "nextEpoch", [])).toBe(6)
})

test.for([0n, 1n, 137n, 2_500n, 9_999n, 10_000n])(
  "follows the formula of sim/ to the wei: decay of %i bps",
  async (decayBps, { chain, world }) => {
    // Large enough for the 27th digit to show in wei.
    const firstWei = 987_654_321_012n * TOKEN + 890_123_456_789n
    const { token } = world
    const args = [token.address, account("distributor"), firstWei, decayBps, 0n, 1n] as const
    const controller = await chain.deploy(artifacts.emissionController, args)
    for (const epoch of [0, 1, 2, 3, 7, 64, 100, 365, 1_000, 4_095, 100_000]) {
      expect(await chain.read(controller, "emissionWei", [epoch])).toBe(emissionWei(firstWei, decayBps, epoch))
    }
  },
)

test("cannot shrink by more than the whole", async ({ chain, world: { token } }) => {
  const args = [token.address, account("distributor"), 1n, 10_001n, 0n, 1n] as const
  expect(await chain.refusalToDeploy(artifacts.emissionController, args)).toBe("BpsTooLarge(10001)")
})
