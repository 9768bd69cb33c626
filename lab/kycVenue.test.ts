import { Effect } from "effect"
import { beforeAll, describe, expect, it } from "vitest"
import { factsOf } from "../sim/facts.ts"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import type { Scenario } from "../sim/scenario.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// What a gated venue must look like to an economist, on the real contracts: ten days of the shipped scenario, with few of the network's other
// agents, struck off on the fourth.

const days = 10
const strikeDay = 4
const patienceMs = 600_000
const others: ReadonlySet<string> = new Set(["provider", "buyer"])
const shortened = (file: string, change: (scenario: Scenario) => Scenario = (scenario) => scenario) => {
  const { scenario, catalogue } = readScenario(`scenarios/${file}`)
  const { kyc } = scenario.protocols
  const short = {
    ...scenario,
    calendar: { ...scenario.calendar, days },
    agents: scenario.agents.map((group) => (others.has(group.kind) ? { ...group, count: 2 } : group)),
    protocols: { ...scenario.protocols, kyc: { ...kyc!, delisting: { ...kyc!.delisting!, day: strikeDay } } },
  }
  return { scenario: change(short), catalogue }
}

const play = async ({ scenario, catalogue }: ReturnType<typeof shortened>) => {
  const rows: Array<Row> = []
  const receipts: Array<Receipt> = []
  const onTick = (tick: { readonly row: Row; readonly receipts: ReadonlyArray<Receipt> }) => {
    rows.push(tick.row)
    receipts.push(...tick.receipts)
  }
  await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }, { onTick }))
  return { rows, receipts, ofDays: (from: number, to: number) => rows.slice(from * 4, to * 4) }
}
type Played = Awaited<ReturnType<typeof play>>
const mean = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
const total = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + row[column]!, 0)
const by = (receipts: ReadonlyArray<Receipt>, agent: string) => receipts.filter(({ order }) => order.agent.startsWith(agent))
const changed = (id: string, changes: object) => (scenario: Scenario) => ({
  ...scenario,
  agents: scenario.agents.map((group) => (group.id === id ? { ...group, ...changes } : group)),
})

describe("kyc-venue", () => {
  let shipped: Played
  let unbridged: Played
  let frozen: Played
  beforeAll(async () => {
    shipped = await play(shortened("kyc-venue.yaml"))
    unbridged = await play(shortened("kyc-venue.yaml", changed("bridge", { usd: 0, tokens: 0 })))
    frozen = await play(
      shortened("kyc-freeze.yaml", (scenario) => {
        const { kyc } = scenario.protocols
        const guardian = { ...kyc!.guardian!, errorsPerAccountYear: 40, appealDays: 2 }
        return { ...scenario, protocols: { ...scenario.protocols, kyc: { ...kyc!, transferableFromDay: 3, guardian } } }
      }),
    )
  }, patienceMs)

  it("keeps the prices within both pools' fees where somebody goes through the gate, and not where nobody can", () => {
    expect(mean(shipped.ofDays(4, days), "venueGapShare")).toBeLessThan(0.008)
    expect(mean(unbridged.ofDays(4, days), "venueGapShare")).toBeGreaterThan(2 * mean(shipped.ofDays(4, days), "venueGapShare"))
    const rounds = by(shipped.receipts, "bridge")
    expect(rounds.filter(({ status }) => status === "ok").length).toBeGreaterThan(30)
    expect(rounds.filter(({ status }) => status === "reverted").length / rounds.length).toBeLessThan(0.05)
  })

  it("lets each kind trade where it may", () => {
    const traded = (group: string) => {
      const own = by(shipped.receipts, group)
      return [factsOf(own, "pool.swapped").length > 0, factsOf(own, "kyc.swapped").length > 0]
    }
    expect(["institution", "private", "bridge"].map(traded)).toEqual([
      [false, true],
      [true, false],
      [true, true],
    ])
    const share = shipped.rows.at(-1)!["gatedVolumeShare"]!
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.5)
  })

  it("charges every user for the check, and the venue for the programme", () => {
    const verified = factsOf(shipped.receipts, "kyc.registered").length
    const { checkUsd, monitoringUsdPerYear, programmeUsdPerYear } = shortened("kyc-venue.yaml").scenario.protocols.kyc!
    expect(total(shipped.rows, "complianceUsd.programme")).toBeCloseTo(programmeUsdPerYear / 12, 6)
    // Institutions and the arbitrageur, each with a hundred times the cost of a person.
    expect(verified).toBe(13)
    expect(total(shipped.rows, "complianceUsd.users")).toBeCloseTo(13 * 100 * (checkUsd + monitoringUsdPerYear / 12), 6)
  })

  it("makes those leave who are struck off, and nobody else", () => {
    const removed = factsOf(shipped.receipts, "kyc.removed").map(({ account }) => account)
    expect(removed.length).toBeGreaterThan(0)
    expect(total(shipped.ofDays(0, strikeDay), "forcedExitsUsd.sold")).toBe(0)
    expect(total(shipped.rows, "forcedExitsUsd.sold")).toBeGreaterThan(1_000)
    expect(shipped.ofDays(strikeDay, strikeDay + 1)[0]!["twinTokens.stranded"]).toBeGreaterThan(0)
    expect(shipped.rows.at(-1)!["twinTokens.stranded"]).toBe(0)
    const after = shipped.receipts.slice(shipped.receipts.findIndex(({ facts }) => facts.some(({ kind }) => kind === "kyc.removed")) + 50)
    const purchases = factsOf(after, "kyc.swapped").filter(({ agent, sell }) => removed.includes(agent) && sell === "dollar")
    expect(purchases).toEqual([])
  })

  it("moves nothing before the vote, and freezes and frees wallets by the guardian's errors", () => {
    expect(total(frozen.ofDays(0, 3), "venueVolumeUsd.gated")).toBe(0)
    expect(total(frozen.ofDays(4, days), "venueVolumeUsd.gated")).toBeGreaterThan(10_000)
    const freezes = factsOf(frozen.receipts, "kyc.frozen")
    expect(freezes.filter(({ isFrozen }) => isFrozen).length).toBeGreaterThan(3)
    expect(freezes.filter(({ isFrozen }) => !isFrozen).length).toBeGreaterThan(1)
    expect(Math.max(...frozen.rows.map((row) => row["twinTokens.frozen"]!))).toBeGreaterThan(0)
    const ofFrozen = by(frozen.receipts, "institution").filter(({ reason }) => reason.includes("TRANSFER_FROM_FAILED"))
    // Only in the tick of the freeze itself: afterwards its owner knows.
    expect(ofFrozen.length).toBeLessThanOrEqual(freezes.length)
  })
})
