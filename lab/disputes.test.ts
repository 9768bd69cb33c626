import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import type { Scenario } from "../sim/scenario.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"
import { settlementProblems } from "./settlementProblems.ts"

// On the chain; a run that breaks an invariant fails here.

const play = async ({ scenario, catalogue }: Pick<ReturnType<typeof readScenario>, "scenario" | "catalogue">, seed = "1") => {
  const rows: Array<Row> = []
  const receipts: Array<Receipt> = []
  const { digest } = await Effect.runPromise(
    execute({ scenario, catalogue, seed }, { onTick: (tick) => (rows.push(tick.row), receipts.push(...tick.receipts)) }),
  )
  return { rows, receipts, digest, last: rows.at(-1)! }
}
const refused = (receipts: ReadonlyArray<Receipt>, kind: string) =>
  receipts.filter(({ order, status }) => order.action.kind.startsWith(kind) && status === "reverted").map(({ reason }) => reason)

describe("disputes", () => {
  const { scenario, catalogue } = readScenario("scenarios/disputes.yaml")
  const withBond = (bondShare: number): Scenario => ({
    ...scenario,
    calendar: { ...scenario.calendar, days: 8 },
    protocols: { ...scenario.protocols, market: { ...scenario.protocols.market, disputes: { windowHours: 48, bondShare } } },
  })

  it("pay dishonest buyers without a bond, not with one, and with too large a one nobody finds wrong results worth it", async () => {
    const [none, some, huge] = await Promise.all([0, 0.25, 10].map((bond) => play({ scenario: withBond(bond), catalogue })))
    const gains = ({ last }: typeof none & {}) => [last["disputeGainUsd.dishonest"]!, last["disputeGainUsd.rightful"]!]
    expect(gains(none!)[0]).toBeGreaterThan(0)
    expect(gains(some!)[0]).toBeLessThan(0)
    expect(gains(some!)[1]).toBeGreaterThan(0)
    const refunded = ({ last }: typeof none & {}) => last["wrongResultsUsd.refunded"]!
    expect(refunded(some!)).toBe(refunded(none!))
    expect(refunded(huge!)).toBeLessThan(refunded(some!) / 2)
    for (const { receipts } of [none!, some!, huge!]) expect(refused(receipts, "disputes.")).toEqual([])
  })

  it("need judges, an escrow, and time to be seen", () => {
    const of = (changes: Partial<Scenario>) => settlementProblems({ ...scenario, ...changes }).map(({ message }) => message)
    const market = (changes: object) => of({ protocols: { ...scenario.protocols, market: { ...scenario.protocols.market, ...changes } } })
    expect(of({})).toEqual([])
    expect(of({ agents: scenario.agents.filter(({ kind }) => kind !== "judge") })[0]).toMatch(/nobody decides/)
    expect(market({ settlement: { kind: "batch", hours: 24, windowHours: 0 } })[0]).toMatch(/no escrow to dispute/)
    expect(market({ disputes: { windowHours: 6, bondShare: 1 } })[0]).toMatch(/a tick of 6 hours/)
    expect(market({ vulnerable: true })[0]).toMatch(/without disputes/)
  })
})

describe("an exploit of the vulnerable market", () => {
  const { scenario, catalogue } = readScenario("scenarios/market-exploit.yaml")
  const days = 5
  const fromDay = 1
  const robbed = (changes: object): Scenario => ({
    ...scenario,
    calendar: { ...scenario.calendar, days },
    faults: scenario.faults.map((fault) => ({ ...fault, fromDay, toDay: 4, ...changes })),
  })

  it("takes more the later the guardian reacts, stops with the pause, and is all that is missing", async () => {
    const [never, day, two] = await Promise.all(
      [{ drainUsdPerHour: 0 }, { reactionHours: 12 }, { reactionHours: 24 }].map((changes) =>
        play({ scenario: robbed(changes), catalogue }),
      ),
    )
    expect(never!.last["stolenUsd"]).toBe(0)
    expect(day!.last["stolenUsd"]).toBeGreaterThan(0)
    expect(two!.last["stolenUsd"]).toBeGreaterThan(1.5 * day!.last["stolenUsd"]!)
    const stolen = day!.rows.map((row) => row["stolenUsd"]!)
    const { ticksPerDay } = scenario.calendar
    // Bait in the first tick of the fault, two ticks of theft, and the pause.
    expect(stolen.slice(0, (fromDay + 0.25) * ticksPerDay)).toEqual(Array.from({ length: 5 }, () => 0))
    expect(new Set(stolen.slice((fromDay + 0.75) * ticksPerDay)).size).toBe(1)
    expect(new Set(refused(day!.receipts, "market.open"))).toContain("EnforcedPause")
    // Before the fault nothing differs, and when the market goes on jobs open again.
    expect(day!.rows.slice(0, 4)).toEqual(two!.rows.slice(0, 4))
    const opened = day!.receipts.filter(({ facts }) => facts.some(({ kind }) => kind === "exploit.unpaused")).length
    expect(opened).toBe(1)
  })
})
