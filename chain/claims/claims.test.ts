import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis } from "../../sim/ledger.ts"
import { claimTerms } from "../../sim/protocols/claims.ts"
import { worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { fromMicros, fromWei, MICROS_PER_USD, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const usd = (count: bigint) => count * MICROS_PER_USD
const tokens = (count: bigint) => count * WEI_PER_TOKEN
const genesisWith = (changes: Partial<Parameters<typeof claimTerms>[0]>): Genesis => ({
  ...worldGenesis,
  claims: {
    ...claimTerms({ usdPerDayMax: 100, backingMin: 0, reference: "venue", meanHours: 6, maxAgeHours: 48, ...changes }),
    holdings: [{ agent: "ann", claimMicros: usd(250n) }],
  },
})
const play = (genesis: Genesis, ticks: ReadonlyArray<Orders>) =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => () => orders),
    ),
  )
const redeem = (count: bigint): Orders => [["ann", { kind: "claims.redeem", claimMicros: usd(count) }]]
const wait: Orders = [["bob", { kind: "token.transfer", to: "bob", amountWei: 0n }]]
const post = (priceMicros: bigint): Orders => [["operator", { kind: "venue.post", priceMicros }]]

test("a dollar is half a token at two dollars, and four at a quarter; a day's limit is filled and not passed", async () => {
  const played = await play(genesisWith({}), [
    [...post(2_000_000n), ...redeem(30n)],
    [...post(250_000n), ...redeem(220n)],
    redeem(150n),
    wait,
    redeem(150n),
  ])
  expect(played.flatMap(({ receipts }) => factsOf(receipts, "claims.redeemed"))).toEqual([
    { kind: "claims.redeemed", agent: "ann", claimMicros: usd(30n), mintedWei: tokens(15n) },
    { kind: "claims.redeemed", agent: "ann", claimMicros: usd(70n), mintedWei: tokens(280n) },
    { kind: "claims.redeemed", agent: "ann", claimMicros: usd(100n), mintedWei: tokens(400n) },
  ])
  expect(played[2]!.receipts.map(({ reason }) => reason)).toEqual(["NothingRedeemable"])
  expect(played[4]!.after.token.supplyWei - worldGenesis.supplyWei).toBe(tokens(695n))
})

test("claims are made by burning tokens of their worth", async () => {
  const [{ receipts, after } = expect.unreachable()] = await play(genesisWith({}), [
    [
      ...post(333_333n),
      ["bob", { kind: "claims.issue", amountWei: tokens(10n) + 7n }],
      ["bob", { kind: "claims.issue", amountWei: 1n }],
      ["bob", { kind: "claims.redeem", claimMicros: usd(4n) }],
    ],
  ])
  expect(receipts.slice(1).map(({ reason }) => reason)).toEqual(["", "ZeroAmount", "InsufficientClaims"])
  expect(after.claims.claimMicros.get("bob")).toBe(3_333_330n)
  expect(worldGenesis.supplyWei - after.token.supplyWei).toBe(tokens(10n) + 7n)
})

test("redemption stops while all tokens are not worth enough of the claims", async () => {
  // A million tokens against 250 dollars: a backing of 1000 is met at a quarter of a dollar, and not below.
  const played = await play(genesisWith({ backingMin: 1_000 }), [
    [...post(249_999n), ...redeem(250n)],
    [...post(250_000n), ...redeem(250n)],
  ])
  expect(played.map(({ receipts }) => receipts[1]!.reason)).toEqual(["NothingRedeemable", ""])
})

test("the pool's mean price moves only when its window is over, and is what it was over its time", async () => {
  const buy: Orders = [["cleo", { kind: "pool.swap", sell: "dollar", amountIn: usd(1_000n), amountOutMin: 0n }]]
  const peek: Orders = [["bob", { kind: "claims.issue", amountWei: tokens(1n) }]]
  const played = await play(genesisWith({ reference: "mean", meanHours: 12 }), [wait, buy, peek, wait, peek])
  const price = ({ after }: (typeof played)[number]) => fromMicros(after.pool.dollarReserveMicros) / fromWei(after.pool.tokenReserveWei)
  const references = played.map(({ after }) => fromMicros(after.claims.referenceMicros))
  // The first window, of three ticks, has the old price for two and the new one for a third; the second only the new one.
  expect(references.slice(0, 2)).toEqual([0.480001, 0.480001])
  expect(references[2]).toBeCloseTo((2 * price(played[0]!) + price(played[1]!)) / 3, 4)
  expect(references[3]).toBe(references[2])
  expect(references[4]).toBeCloseTo(price(played[1]!), 5)
})
