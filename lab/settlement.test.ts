import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { Fact } from "../sim/ledger.ts"
import { execute } from "./execution/execute.ts"
import { resized } from "./scale/resized.ts"
import { readScenario } from "./scenarioFile.ts"
import { settlementProblems } from "./settlementProblems.ts"

const { scenario, catalogue } = readScenario("scenarios/ten-thousand.yaml")

const play = async () => {
  const facts: Array<Fact> = []
  let served = 0
  const { digest } = await Effect.runPromise(
    execute(
      { scenario: resized(scenario, { providers: 0.006, jobs: 0.006, days: 12 }), catalogue, seed: "1" },
      {
        onTick: ({ row, receipts }) => {
          served += row["jobsServed"] ?? 0
          for (const receipt of receipts) facts.push(...receipt.facts)
        },
      },
    ),
  )
  const all = <Kind extends Fact["kind"]>(kind: Kind) =>
    facts.filter((fact): fact is Extract<Fact, { readonly kind: Kind }> => fact.kind === kind)
  return { digest, served, all }
}

describe("a month of the large scenario, made small", () => {
  it("settles every job in batches to the micro-dollar and pays rewards from the tree, the same way twice", async () => {
    const { digest, served, all } = await play()
    expect(served).toBeGreaterThan(1_000)
    const sum = (amounts: ReadonlyArray<bigint>) => amounts.reduce((a, b) => a + b, 0n)
    const debited = sum(all("batches.debited").map(({ amountMicros }) => amountMicros))
    const credited = sum(all("batches.credited").map(({ amountMicros }) => amountMicros))
    const fees = sum(all("batches.accepted").map(({ burnFeeMicros, treasuryFeeMicros }) => burnFeeMicros + treasuryFeeMicros))
    expect(debited).toBe(credited + fees)
    expect(Number(fees) / Number(debited)).toBeCloseTo(0.1, 4)
    expect(all("batches.closed")).toHaveLength(11)
    expect(all("batches.collected").length).toBeGreaterThan(20)
    expect(all("oracle.finalised")).toHaveLength(11)
    const released = sum(all("emissions.released").map(({ amountWei }) => amountWei))
    const shared = sum(all("rewards.credited").map(({ amountWei }) => amountWei))
    expect(Number(shared) / Number(released)).toBeCloseTo(1, 9)
    expect(all("rewards.claimed").length).toBeGreaterThan(20)
    expect((await play()).digest).toBe(digest)
  })
})

describe("terms that do not fit", () => {
  const { calendar, protocols } = scenario
  const of = (changes: Partial<typeof scenario>) => settlementProblems({ ...scenario, ...changes }).map(({ message }) => message)

  it("are named", () => {
    expect(of({})).toEqual([])
    expect(of({ calendar: { ...calendar, ticksPerDay: 3 } })[0]).toMatch(/four ticks/)
    const market = (changes: object) => of({ protocols: { ...protocols, market: { ...protocols.market, ...changes } } })
    expect(market({ payoutHours: 6 })[0]).toMatch(/payoutHours/)
    const slashing = { insuranceBps: 1, reporterBps: 0, escalationShare: 0, appealDays: 0, stakeMinShare: 0 }
    expect(of({ protocols: { ...protocols, registry: { ...protocols.registry, slashing } } })[0]).toMatch(/escrow, and batches have none/)
    const spotChecks = {
      chunks: 1,
      visitShare: 1,
      chunkShare: 1,
      deadlineSlackShare: 0,
      slashBps: 1,
      falseAcceptShare: 0,
      falseRejectShare: 0,
    }
    expect(of({ protocols: { ...protocols, spotChecks } })[0]).toMatch(/asks no spot check/)
    expect(market({ settlement: { kind: "batch", hours: 6, windowHours: 12 } })[0]).toMatch(/window/)
  })
})
