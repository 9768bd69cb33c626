import { expect, test } from "vitest"
import { openBooks, post } from "../books.ts"
import type { Actor } from "../actor.ts"
import type { Fact, Receipt } from "../ledger.ts"
import type { Observation } from "../metric.ts"
import type { Member } from "../protocols/kyc.ts"
import { toMicros, toWei } from "../units.ts"
import { complianceShareOfVolume } from "./complianceShareOfVolume.ts"
import { complianceUsd } from "./complianceUsd.ts"
import { forcedExitsUsd } from "./forcedExitsUsd.ts"
import { gatedMembers } from "./gatedMembers.ts"
import { gatedPremiumShare } from "./gatedPremiumShare.ts"
import { gatedVolumeShare } from "./gatedVolumeShare.ts"
import { twinTokens } from "./twinTokens.ts"
import { venueGapShare } from "./venueGapShare.ts"
import { venueVolumeUsd } from "./venueVolumeUsd.ts"

const member = (tokens: number, isVerified: boolean, isFrozen = false): Member => ({
  balanceWei: toWei(tokens),
  requestedAtSeconds: 1,
  country: 1,
  isVerified,
  isFrozen,
})
const view = {
  pool: { tokenReserveWei: toWei(1_000), dollarReserveMicros: toMicros(500) },
  registry: { providers: new Map() },
  kyc: {
    supplyWei: toWei(1_200),
    isPaused: false,
    tokenReserveWei: toWei(1_000),
    dollarReserveMicros: toMicros(490),
    members: new Map<string, Member>([
      ["kyc.pool", { ...member(1_000, true), requestedAtSeconds: 0 }],
      ["in", member(120, true)],
      ["cold", member(50, true, true)],
      ["out", member(30, false)],
      ["waiting", member(0, false)],
    ]),
  },
}
const receipt = (agent: string, ...facts: ReadonlyArray<Fact>): Receipt => ({
  order: { agent, tipWei: 1n, action: { kind: "kyc.unpause" } },
  status: "ok",
  reason: "",
  facts,
})
const paid = (agent: string, usd: number): Fact => ({
  kind: "dollar.redeemed",
  agent,
  amountMicros: toMicros(usd),
  purpose: "compliance",
})
const receipts = [
  receipt("in", paid("in", 7), { kind: "kyc.swapped", agent: "in", sell: "dollar", amountIn: toMicros(30), amountOut: toWei(60) }),
  receipt("in", { kind: "pool.swapped", agent: "in", sell: "token", amountIn: toWei(100), amountOut: toMicros(50) }),
  receipt(
    "out",
    { kind: "kyc.swapped", agent: "out", sell: "token", amountIn: toWei(41), amountOut: toMicros(20) },
    { kind: "kyc.unwrapped", agent: "out", amountWei: toWei(10) },
  ),
  receipt("officer", paid("officer", 13)),
]
const actors = [
  { id: "in", kind: "regulatedTrader" },
  { id: "out", kind: "regulatedTrader" },
  { id: "officer", kind: "complianceOfficer" },
] as unknown as ReadonlyArray<Actor>

const observation = (rules: object = { kyc: {} }) => {
  const booksBefore = openBooks(actors)
  const outcome = { completed: [], cloud: [] } as never
  const books = post(booksBefore, receipts, outcome, new Map(), view as never, 0.5, 0.25, new Map([["officer", toMicros(5)]]))
  const settlement = { receipts, blockCount: 1, gasUsed: 0n }
  return { world: { rules, usdPerToken: 0.5 }, before: view, after: view, settlement, actors, books, booksBefore } as unknown as Observation
}
const seen = observation()
const all = {
  venueVolumeUsd,
  gatedVolumeShare,
  gatedPremiumShare,
  venueGapShare,
  complianceUsd,
  complianceShareOfVolume,
  gatedMembers,
  twinTokens,
  forcedExitsUsd,
}

test("where there is no gate there is nothing to measure", () => {
  for (const metric of Object.values(all)) expect(metric.of(observation({}))).toBeUndefined()
})

test("volume by venue, and the gated part of all", () => {
  expect(venueVolumeUsd.of(seen)).toEqual(
    new Map([
      ["open", 50],
      ["gated", 50],
    ]),
  )
  expect(gatedVolumeShare.of(seen)).toBe(0.5)
})

test("the gated price against the open one", () => {
  expect(gatedPremiumShare.of(seen)).toBeCloseTo(-0.02, 12)
  expect(venueGapShare.of(seen)).toBeCloseTo(0.02, 12)
})

test("who pays how much for compliance", () => {
  expect(complianceUsd.of(seen)).toEqual(
    new Map([
      ["users", 7],
      ["programme", 13],
      ["gas", 5],
    ]),
  )
  expect(complianceShareOfVolume.of(seen)).toBe(0.5)
})

test("who is in, who is frozen, who is out, and what they hold", () => {
  expect(gatedMembers.of(seen)).toEqual(
    new Map([
      ["verified", 2],
      ["frozen", 1],
      ["refused", 2],
    ]),
  )
  expect(twinTokens.of(seen)).toEqual(
    new Map([
      ["all", 1_200],
      ["frozen", 50],
      ["stranded", 30],
    ]),
  )
})

test("what those sell and take out who must leave, and nobody else", () => {
  expect(forcedExitsUsd.of(seen)).toEqual(
    new Map([
      ["sold", 20],
      ["takenOut", 5],
    ]),
  )
})
