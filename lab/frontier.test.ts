import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { factsOf } from "../sim/facts.ts"
import type { Row } from "../sim/metric.ts"
import { caughtShare } from "../sim/proofs/deterrence.ts"
import { deterrenceClasses, logCrossing, type Tally } from "../sim/proofs/frontier.ts"
import type { Scenario } from "../sim/scenario.ts"
import { meanInterval } from "../sim/stats/mean.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// Whether providers on the chain stop to cheat where the closed form has them stop: p (R + S) = C, with p = v (1 - r) for r colluding checkers.

const { scenario: frontier, catalogue } = readScenario("scenarios/slashing-frontier.yaml")
const short = (scenario: Scenario, days: number): Scenario => ({ ...scenario, calendar: { ...scenario.calendar, days } })

interface Played {
  readonly tally: Tally
  readonly last: Row
  /** Convictions that were not a checker's error. */
  readonly convicted: number
}

const play = async (scenario: Scenario, seed: string): Promise<Played> => {
  let [last, convicted]: [Row, number] = [{}, 0]
  await Effect.runPromise(
    execute(
      { scenario, catalogue, seed },
      {
        onTick: ({ row, receipts }) => {
          last = row
          convicted += factsOf(receipts, "spotChecks.convicted").length
        },
      },
    ),
  )
  const counts = (metric: string) => deterrenceClasses.map((percent) => last[`${metric}.${percent}`]!)
  return { tally: { weighed: counts("weighedEpochs"), cheated: counts("cheatedEpochs") }, last, convicted }
}
const sum = (counts: ReadonlyArray<number>) => counts.reduce((total, count) => total + count, 0)
const below = ({ weighed, cheated }: Tally, percent: number) => {
  const until = deterrenceClasses.indexOf(percent as (typeof deterrenceClasses)[number])
  return sum(cheated.slice(0, until)) / sum(weighed.slice(0, until))
}

describe("slashing-frontier", () => {
  it("crosses where the closed form has it, within its interval", async () => {
    const played: Array<Played> = []
    for (const seed of ["1", "2", "3"]) played.push(await play(short(frontier, 9), seed))
    const { low, high } = meanInterval(played.map(({ tally }) => logCrossing(tally)))
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
    expect(high - low).toBeLessThan(0.5)
    for (const { tally } of played) {
      expect(below(tally, 70)).toBeGreaterThan(0.95)
      expect(sum(tally.cheated.slice(deterrenceClasses.indexOf(180)))).toBe(0)
    }
  }, 60_000)

  it("has cheats found less often by colluding checkers, as the closed form says, and more who cheat for it", async () => {
    const checks = { ...frontier.protocols.spotChecks!, visitShare: 0.5, falseRejectShare: 0 }
    const base: Scenario = { ...short(frontier, 8), protocols: { ...frontier.protocols, spotChecks: checks } }
    const collusion: Scenario = {
      ...base,
      agents: base.agents.flatMap((group) =>
        group.id === "node"
          ? [
              { ...group, id: "a-node", count: 3, bribeUsdMin: 0.001 },
              { ...group, count: 4 },
            ]
          : group.kind === "provider"
            ? [
                {
                  ...group,
                  fraud: {
                    kind: "oracleCollusion",
                    share: 1,
                    bribedShare: 3 / 7,
                    bribeUsd: 0.001,
                    choice: "bestResponse",
                    noticedShare: 0,
                  },
                },
              ]
            : [group],
      ),
    }
    const [honest, colluding] = [await play(base, "1"), await play(collusion, "1")]
    for (const [{ tally, convicted }, bribed] of [
      [honest, 0],
      [colluding, 3 / 7],
    ] as const) {
      const epochs = sum(tally.cheated)
      const expected = caughtShare(checks, checks.chunks, bribed)
      // The cheats of the last epochs are still to be found out.
      const error = Math.sqrt((expected * (1 - expected)) / epochs) * 3.29 + 1 / (base.calendar.days - 1)
      expect(Math.abs(convicted / epochs - expected)).toBeLessThan(error)
      expect(Math.abs(logCrossing(tally))).toBeLessThan(0.25)
    }
    // In both, half cheat at p (R + S) = C; but p is smaller with colluders, so more do.
    expect(sum(colluding.tally.cheated)).toBeGreaterThan(1.2 * sum(honest.tally.cheated))
  }, 60_000)
})

describe("frauds", () => {
  it("finds every kind but that of bribers who own the median, whose conduct pays; honest providers get back what was slashed of them", async () => {
    const { scenario, catalogue: all } = readScenario("scenarios/frauds.yaml")
    const { agents } = await Effect.runPromise(execute({ scenario: short(scenario, 12), catalogue: all, seed: "1" }))
    const column = (name: string) => agents.find((one) => one.name === name)!.data
    const mean = (group: string, name: string) => {
      const values = column("group").flatMap((of, index) => (of === group ? [Number(column(name)[index])] : []))
      return sum(values) / values.length
    }
    for (const cheat of ["ghost", "bluff", "copier", "sybil", "elsewhere"]) {
      expect(mean(cheat, "slashedTokens"), cheat).toBeGreaterThan(100)
      expect(mean(cheat, "profitUsd"), cheat).toBeLessThan(0)
    }
    expect(mean("briber", "profitUsd")).toBeGreaterThan(0)
    for (const honest of ["home", "studio", "datacentre"]) expect(mean(honest, "slashedTokens"), honest).toBeLessThan(20)
  }, 60_000)
})
