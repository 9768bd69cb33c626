import { describe, expect, test } from "vitest"
import { calm } from "../../faults/ports.ts"
import type { Action, Fact, Receipt } from "../../ledger.ts"
import { updateBills } from "../../markets/bills.ts"
import { moment } from "../../clock.ts"
import { namedStreams } from "../../actor.ts"
import { calendar, gpus, plan, play, request } from "../stage.fixture.ts"
import { deliveriesOf, noResults, type Results, sendAgain, settleOverdue, stepResults } from "./disputes.ts"
import { escrowOrders } from "./perJob.ts"

const spoiled = { ports: { ...calm, quality: () => "refused" as const } }
const receipt = (agent: string, action: Action, facts: ReadonlyArray<Fact>, status: Receipt["status"] = "ok"): Receipt => ({
  order: { agent, action, tipWei: 0n },
  status,
  reason: "",
  facts,
})
const done = (hasDisputes: boolean) => play({ a: plan(1) }, [{ requests: [request("one")], ...spoiled, hasDisputes }])[0]!

describe("a wrong result", () => {
  test("is handed over where the buyer can dispute it, and taken back at once where not", () => {
    expect(done(false).jobs.toSettle.map(({ outcome }) => outcome)).toEqual(["failed"])
    const { jobs, outcome } = done(true)
    expect(jobs.toSettle).toMatchObject([{ outcome: "completed", isWrong: true }])
    expect(outcome.corrupted.length).toBe(1)
    expect(deliveriesOf(jobs.toSettle)).toEqual(new Map([["buyer", [{ slot: 0, provider: "a", amountMicros: 1_000_000n, isWrong: true }]]]))
    const orders = (disputed: ReadonlySet<string>) => escrowOrders(jobs.toSettle, [], [], moment(calendar, 2), disputed)
    expect(orders(new Set())).toEqual([{ agent: "buyer", action: { kind: "market.complete", slot: 0 } }])
    expect(orders(new Set(["buyer/0"]))).toEqual([{ agent: "buyer", action: { kind: "disputes.open", slot: 0 } }])
  })

  test("comes of guessing as often as a provider guesses, and saves the power of the machines", () => {
    const requests = Array.from({ length: 400 }, (_, index) => request(`job-${index}`))
    const guessing = { ...plan(1, 400), guessedShare: 0.3 }
    const [tick] = play({ a: guessing }, [{ requests, rng: namedStreams("1", "jobs") }])
    expect(tick!.outcome.corrupted.length / 400).toBeCloseTo(0.3, 1)
    const [slow] = [...gpus.values()]
    const profile = { ...slow!, loadWatts: { ...slow!.loadWatts, value: 1_000 }, idleWatts: { ...slow!.idleWatts, value: 0 } }
    const bill = (guessedShare: number) =>
      updateBills(
        new Map(),
        new Map(),
        new Map([["a", { ...tick!.jobs.sites.get("a")!, plan: { ...guessing, guessedShare } }]]),
        6,
        new Map([["slow", profile]]),
        [],
      ).get("a")!.energyMicros
    // 400 hours at a kilowatt and ten cents.
    expect([bill(0), bill(0.3), bill(1)]).toEqual([40_000_000n, 28_000_000n, 0n])
  })
})

describe("what is known of results", () => {
  const { jobs } = done(true)
  const parties = { buyer: "buyer", provider: "a" } as const
  const opened: Fact = {
    kind: "disputes.opened",
    id: 4,
    slot: 0,
    ...parties,
    amountMicros: 1_000_000n,
    bondMicros: 250_000n,
    decidesAtSeconds: 500,
  }
  const dispute: Action = { kind: "disputes.open", slot: 0 }
  const close = (before: Results, fact: Fact) =>
    stepResults(before, [], new Set(), [receipt("j", { kind: "disputes.settle", id: 4 }, [fact])])
  const refunded: Fact = { kind: "disputes.refunded", id: 4, ...parties, amountMicros: 1_000_000n, bondMicros: 250_000n }
  const paid = (isForfeit: boolean): Fact => ({
    kind: "disputes.paid",
    id: 4,
    ...parties,
    paidMicros: 900_000n,
    burnFeeMicros: 50_000n,
    treasuryFeeMicros: 50_000n,
    bondMicros: 250_000n,
    isForfeit,
  })
  const disputed = stepResults(noResults, jobs.toSettle, new Set(["buyer/0"]), [receipt("buyer", dispute, [opened])])
  const falsely = stepResults(
    noResults,
    jobs.toSettle.map(({ isWrong: _, ...rest }) => rest),
    new Set(["buyer/0"]),
    [receipt("buyer", dispute, [opened])],
  )

  test("is what a dispute was about, also when it opens later than it was sent", () => {
    expect(disputed.contested.get(4)).toMatchObject({ isWrong: true, decidesAtSeconds: 500 })
    expect(falsely.contested.get(4)).toMatchObject({ isWrong: false })
    const sent = stepResults(noResults, jobs.toSettle, new Set(["buyer/0"]), [])
    expect(stepResults(sent, [], new Set(), [receipt("buyer", dispute, [opened])]).contested.get(4)).toMatchObject({ isWrong: true })
  })

  test("adds up to who gained what, and to how often the arbiters were right", () => {
    const sums = (fact: Fact) => [disputed, falsely].map((before) => close(before, fact))
    const [rightly, wrongly] = sums(refunded)
    expect(rightly!.reckoning).toMatchObject({ disputed: 1, wonByBuyers: 1, rightlyRefundedUsd: 1, wronglyRefundedUsd: 0 })
    expect(wrongly!.reckoning).toMatchObject({ rightlyRefundedUsd: 0, wronglyRefundedUsd: 1 })
    expect([rightly, wrongly].map((results) => results!.rulings.get("buyer"))).toEqual([
      { right: 1, wrong: 0 },
      { right: 0, wrong: 1 },
    ])
    const [lost, caught] = sums(paid(true))
    expect(lost!.reckoning).toMatchObject({ ruledWrongUsd: 1, trueBondsUsd: 0.25, falseBondsUsd: 0 })
    expect(caught!.reckoning).toMatchObject({ ruledWrongUsd: 0, trueBondsUsd: 0, falseBondsUsd: 0.25 })
    // Without a majority nothing was found, and nobody learns.
    const [undecided] = sums(paid(false))
    expect([undecided!.reckoning.trueBondsUsd, undecided!.rulings.size, undecided!.contested.size]).toEqual([0, 0, 0])
  })

  test("has providers close what is overdue", () => {
    const at = (timestampSeconds: number) => settleOverdue(disputed, { ...moment(calendar, 1), timestampSeconds })
    expect(at(499)).toEqual([])
    expect(at(500)).toEqual([{ agent: "a", action: { kind: "disputes.settle", id: 4 } }])
  })

  test("what the market refused is sent again, and is accepted then", () => {
    const next = play({ a: plan(1) }, [{}, {}])[1]!.jobs
    const again = sendAgain(next, jobs.toSettle, [receipt("buyer", dispute, [], "reverted")])
    expect(again.toSettle).toMatchObject([{ outcome: "completed", isWrong: true, isSentAgain: true }])
    expect(deliveriesOf(again.toSettle).size).toBe(0)
    expect(sendAgain(next, jobs.toSettle, [receipt("buyer", dispute, [opened])])).toBe(next)
    const complete: Action = { kind: "market.complete", slot: 0 }
    const accepted: Fact = {
      kind: "market.completed",
      agent: "buyer",
      slot: 0,
      provider: "a",
      paidMicros: 900_000n,
      burnFeeMicros: 60_000n,
      treasuryFeeMicros: 40_000n,
    }
    const after = stepResults(noResults, again.toSettle, new Set(), [receipt("buyer", complete, [accepted])])
    expect(after.reckoning).toMatchObject({ acceptedWrongUsd: 1, disputed: 0 })
  })
})
