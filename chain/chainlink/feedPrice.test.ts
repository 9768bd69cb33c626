import { Effect } from "effect"
import { expect, test } from "vitest"
import { factsOf } from "../../sim/facts.ts"
import type { Genesis } from "../../sim/ledger.ts"
import { claimTerms } from "../../sim/protocols/claims.ts"
import type { Terms } from "../../sim/protocols/feeds.ts"
import { providers, worldGenesis } from "../../sim/testing/worldGenesis.ts"
import { MICROS_PER_USD, SECONDS_PER_DAY, SECONDS_PER_HOUR, WEI_PER_TOKEN } from "../../sim/units.ts"
import { type Orders, playTicks } from "../yield.fixture.ts"

const usd = (count: bigint) => count * MICROS_PER_USD
const tokens = (count: bigint) => count * WEI_PER_TOKEN
const nodes = ["n-1", "n-2", "n-3", "n-4"]
const feed = (id: string, kind: Terms["kind"], decimals: number): Terms => ({ id, kind, decimals, faulty: 1, nodes })
const genesisWith = (changes: Partial<Genesis>): Genesis => ({
  ...worldGenesis,
  feeds: [feed("eight", "forwarder", 8), feed("eighteen", "ocr2", 18)],
  accounts: [...worldGenesis.accounts, ...nodes.map((id) => ({ id, tokenWei: 0n, dollarMicros: 0n }))],
  ...changes,
})
const play = (genesis: Genesis, ticks: ReadonlyArray<Orders>) =>
  Effect.runPromise(
    playTicks(
      genesis,
      ticks.map((orders) => () => orders),
    ),
  )
const at = (tick: number) => worldGenesis.startSeconds + (tick * SECONDS_PER_DAY) / 4
const report = (tick: number, answer: bigint): Orders[number] => [
  "n-1",
  { kind: "feeds.report", feed: "eight", observedSeconds: at(tick), answer, signers: nodes.slice(0, 2) },
]

test.each(["eight", "eighteen"])("dollar claims are made and redeemed at the answer of %s, and not without a fresh one", async (id) => {
  const claims = claimTerms({ usdPerDayMax: 1_000, backingMin: 0, reference: "feed", meanHours: 1, feed: id, maxAgeHours: 6 })
  const genesis = genesisWith({ claims: { ...claims, holdings: [{ agent: "ann", claimMicros: usd(250n) }] } })
  const answered: Orders[number] =
    id === "eight"
      ? report(2, 62_500_000n)
      : [
          "n-1",
          {
            kind: "feeds.transmit",
            feed: id,
            round: 1,
            observedSeconds: at(2),
            observations: nodes.map((node) => ({ node, answer: 625n * 10n ** 15n })),
            signers: nodes.slice(0, 3),
          },
        ]
  const trade: Orders = [
    ["ann", { kind: "claims.redeem", claimMicros: usd(10n) }],
    ["bob", { kind: "claims.issue", amountWei: tokens(8n) }],
  ]
  const played = await play(genesis, [trade, [answered, ...trade], trade, trade])
  expect(played.map(({ receipts }) => receipts.slice(-2).map(({ reason }) => reason))).toEqual([
    ["NothingRedeemable", "ZeroAmount"],
    ["", ""],
    ["", ""],
    ["NothingRedeemable", "ZeroAmount"],
  ])
  expect(factsOf(played[1]!.receipts, "claims.redeemed")[0]!.mintedWei).toBe(tokens(16n))
  expect(factsOf(played[1]!.receipts, "claims.issued")[0]!.claimMicros).toBe(usd(5n))
})

test("credits are burned at no more than the feed's price; without a fresh answer they wait, or the payment is refused", async () => {
  const job: Orders = [
    [providers[0], { kind: "registry.register", gpuCount: 1, stakeWei: tokens(100n) }],
    ["ann", { kind: "market.open", slot: 0, provider: providers[0], amountMicros: usd(20n), deadlineSeconds: at(40) }],
    ["ann", { kind: "market.open", slot: 1, provider: providers[0], amountMicros: usd(20n), deadlineSeconds: at(40) }],
    ["ann", { kind: "market.open", slot: 2, provider: providers[0], amountMicros: usd(20n), deadlineSeconds: at(40) }],
  ]
  const complete = (slot: number): Orders[number] => ["ann", { kind: "market.complete", slot }]
  const outcome = async (pauses: boolean) => {
    const price = { feed: "eight", maxAgeSeconds: 6 * SECONDS_PER_HOUR, pauses }
    const genesis = genesisWith({
      market: { feeBps: 1_000, burnBps: 0, creditBps: 5_000 },
      burn: { spendBpsMax: 10_000, premiumBpsMax: 0, keepBps: 0, price },
    })
    const played = await play(genesis, [
      [...job, complete(0)],
      // The pool stands at half a dollar.
      [report(2, 40_000_000n), complete(1)],
      [report(3, 60_000_000n), complete(2)],
    ])
    return played.map(({ receipts, after }) => ({
      reason: receipts.at(-1)!.reason,
      spentMicros: factsOf(receipts, "burn.executed").reduce((sum, fact) => sum + fact.spentMicros, 0n),
      waiting: after.dollar.balanceMicros.get("burn"),
    }))
  }
  expect(await outcome(true)).toEqual([
    { reason: "", spentMicros: 0n, waiting: usd(10n) },
    { reason: "", spentMicros: 0n, waiting: usd(20n) },
    { reason: "", spentMicros: usd(30n), waiting: 0n },
  ])
  expect(await outcome(false)).toEqual([
    { reason: "StalePrice", spentMicros: 0n, waiting: 0n },
    { reason: "", spentMicros: 0n, waiting: usd(10n) },
    { reason: "", spentMicros: usd(20n), waiting: 0n },
  ])
})
