import { describe, expect, it } from "vitest"
import { noWork } from "../sim/jobs/work.ts"
import { openPulse } from "../sim/pulse.ts"
import { oracleNode } from "./oracleNode.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

// With four ticks a day and daily epochs, tick 6 is the second tick of epoch 1: the time of the reports on epoch 0.
const reporting = (coverageShare: number, noiseShare: number, providers: number, seed = "1") => {
  const ids = Array.from({ length: providers }, (_, index) => `provider-${index}`)
  const world = calmWorld({
    tick: 6,
    pulse: { ...openPulse, claims: new Map(ids.map((id) => [id, { epoch: 0, workMillis: 1000n }])) },
    work: { ...noWork, epoch: 0, seenMillis: new Map(ids.map((id) => [id, 400n])) },
  })
  const decision = actOut(oracleNode, { coverageShare, noiseShare, uptimeShare: 1 }, "oracle-9", seed).turn(world)
  return [...actionsOf(decision, "oracle.report")[0]!.workMillis.values()]
}

describe("oracle node", () => {
  it("believes every claim without coverage, and sees through every one with full coverage", () => {
    expect(new Set(reporting(0, 0, 50))).toEqual(new Set([1000n]))
    expect(new Set(reporting(1, 0, 50))).toEqual(new Set([400n]))
  })

  it("checks the share of providers that it covers", () => {
    const checked = reporting(0.3, 0, 2000).filter((work) => work === 400n).length
    expect(Math.abs(checked - 600)).toBeLessThan(3.29 * Math.sqrt(2000 * 0.3 * 0.7))
  })

  it("errs by its noise", () => {
    const errors = reporting(1, 0.1, 2000).map((work) => Number(work) / 400 - 1)
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
    expect(spread).toBeGreaterThan(0.09)
    expect(spread).toBeLessThan(0.11)
  })

  it("checks one provider as before when another one joins", () => {
    expect(reporting(0.5, 0.1, 40).slice(0, 20)).toEqual(reporting(0.5, 0.1, 20))
  })

  it("is silent while a report costs more than it pays for one", () => {
    const reports = (feeUsd: number, reportUsdMax: number) =>
      actionsOf(
        actOut(oracleNode, { coverageShare: 1, noiseShare: 0, uptimeShare: 1, reportUsdMax }).turn(
          calmWorld({ tick: 6, gas: { feeUsd: () => feeUsd } }),
        ),
        "oracle.report",
      ).length
    expect([reports(0.9, 1), reports(1.1, 1), reports(1.1, 2)]).toEqual([1, 0, 1])
  })

  it("is down in the share of epochs that its uptime leaves", () => {
    const agent = actOut(oracleNode, { coverageShare: 1, noiseShare: 0, uptimeShare: 0.9 }, "oracle-9")
    const reports = Array.from(
      { length: 2000 },
      (_, epoch) => actionsOf(agent.turn(calmWorld({ tick: 4 * epoch + 6 })), "oracle.report").length,
    )
    const up = reports.reduce((sum, number) => sum + number, 0)
    expect(Math.abs(up - 1800)).toBeLessThan(3.29 * Math.sqrt(2000 * 0.9 * 0.1))
  })

  it("makes an epoch final and has fees burned only when it is its turn", () => {
    const dollar = { supplyMicros: 0n, balanceMicros: new Map([["burn", 1n]]) }
    const turns = (id: string, tick: number) =>
      actOut(oracleNode, { coverageShare: 1, noiseShare: 0, uptimeShare: 1 }, id).turn(calmWorld({ tick, ledger: { dollar } })).actions
    expect(turns("oracle-2", 7)).toEqual([{ kind: "oracle.finalise", epoch: 0 }])
    expect(turns("oracle-1", 7)).toEqual([])
    expect(turns("oracle-2", 5)).toEqual([{ kind: "burn.execute" }])
    expect(turns("oracle-3", 5)).toEqual([])
  })
})
