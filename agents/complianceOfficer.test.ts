import { describe, expect, it } from "vitest"
import { toMicros, toWei } from "../sim/units.ts"
import { complianceOfficer } from "./complianceOfficer.ts"
import { gatedWorld, member } from "./kycStage.fixture.ts"
import { actionsOf, actOut } from "./stage.fixture.ts"

const officer = () => actOut(complianceOfficer, {})
const now = (day: number) => gatedWorld({ day }).now.timestampSeconds
const asked = (day: number, country = 840) => member({ isVerified: false, country, requestedAtSeconds: now(day) })
const guardian = { alertUsdPerDay: 1_000, errorsPerAccountYear: 0, appealDays: 3 }

describe("complianceOfficer", () => {
  it("verifies who asked, in three steps, after the check and not before", () => {
    const members = { ann: asked(18), bob: asked(18.5), cleo: member({ requestedAtSeconds: 0, isVerified: false }) }
    const steps = officer()
      .turn(gatedWorld({ members }))
      .actions.filter(({ kind }) => kind.startsWith("kyc"))
    expect(steps).toEqual([
      { kind: "kyc.createIdentity", account: "ann" },
      { kind: "kyc.addClaim", account: "ann" },
      { kind: "kyc.register", account: "ann", country: 840 },
    ])
  })

  it("strikes off a jurisdiction on its day, and lets nobody in from there", () => {
    const rules = { delisting: { jurisdiction: "us", day: 20, exit: "sale" as const } }
    const members = { ann: member({ country: 840 }), bob: member({ country: 276 }), cleo: asked(10), dan: asked(10, 276) }
    const removed = (day: number) => actionsOf(officer().turn(gatedWorld({ rules, members, day })), "kyc.remove")
    expect(removed(19.75)).toEqual([])
    expect(removed(20)).toEqual([{ kind: "kyc.remove", account: "ann" }])
    expect(actionsOf(officer().turn(gatedWorld({ rules, members })), "kyc.register").map(({ account }) => account)).toEqual(["dan"])
  })

  it("pays for the programme every month", () => {
    const agent = officer()
    const paid = (day: number) => actionsOf(agent.turn(gatedWorld({ day })), "dollar.redeem").map(({ amountMicros }) => amountMicros)
    expect([0, 1, 30, 31, 60, 61].map(paid)).toEqual([[toMicros(100)], [], [], [toMicros(100)], [], [toMicros(100)]])
  })

  it("lets the twin move when the vote is over", () => {
    const opens = (day: number, isPaused: boolean) =>
      actionsOf(officer().turn(gatedWorld({ day, rules: { transferableFromDay: 10 }, kyc: { isPaused } })), "kyc.unpause").length
    expect([opens(9.75, true), opens(10, true), opens(10, false)]).toEqual([0, 1, 0])
  })

  it("freezes a wallet that empties too fast, and lifts that after the appeal", () => {
    const agent = officer()
    const frozenOn = (day: number, tokens: number, isFrozen = false) =>
      actionsOf(
        agent.turn(gatedWorld({ day, rules: { guardian }, members: { ann: member({ balanceWei: toWei(tokens), isFrozen }) } })),
        "kyc.freeze",
      ).map((action) => action.isFrozen)
    // A thousand dollars are two thousand tokens.
    expect(frozenOn(20, 9_000)).toEqual([])
    expect(frozenOn(20.25, 7_001)).toEqual([])
    expect(frozenOn(20.5, 7_000)).toEqual([true])
    expect(frozenOn(20.75, 7_000, true)).toEqual([])
    expect(frozenOn(23.25, 7_000, true)).toEqual([])
    expect(frozenOn(23.5, 7_000, true)).toEqual([false])
    expect(frozenOn(24, 7_000)).toEqual([])
  })

  it("errs as often as it says, and about each account by itself", () => {
    const frozen = (errorsPerAccountYear: number, ids: ReadonlyArray<string>) => {
      const agent = officer()
      const members = Object.fromEntries(ids.map((id) => [id, member()]))
      return Array.from({ length: 4 * 100 }, (_, tick) =>
        agent.turn(gatedWorld({ day: tick / 4, rules: { guardian: { ...guardian, errorsPerAccountYear } }, members })),
      ).map((decision) => actionsOf(decision, "kyc.freeze").map(({ account }) => account))
    }
    // 3.65 a year are one in a hundred days; a member that stays unfrozen in the view can be frozen again.
    const ids = Array.from({ length: 40 }, (_, index) => `user-${index}`)
    const count = frozen(3.65, ids).flat().length
    expect(count).toBeGreaterThan(25)
    expect(count).toBeLessThan(55)
    expect(frozen(0, ids).flat()).toEqual([])
    const alone = frozen(36.5, ["user-7"]).map((accounts) => accounts.includes("user-7"))
    expect(frozen(36.5, ids).map((accounts) => accounts.includes("user-7"))).toEqual(alone)
  })
})
