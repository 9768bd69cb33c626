import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { genesis } from "../sim/genesis.ts"
import type { Counts } from "../sim/jobs/counts.ts"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import { grossMicros } from "../sim/protocols/market.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { fromMicros } from "../sim/units.ts"
import { crossCheck } from "./crossCheck.ts"
import { readScenario } from "./scenarioFile.ts"

// What adversaries must come to, by the rules that they play against. On the in-process twin of the contracts.

const play = ({ scenario, catalogue }: Pick<ReturnType<typeof readScenario>, "scenario" | "catalogue">, seed = "1") => {
  const rows: Array<Row> = []
  const receipts: Array<Receipt> = []
  const onTick = (tick: { readonly row: Row; readonly receipts: ReadonlyArray<Receipt> }) => {
    rows.push(tick.row)
    receipts.push(...tick.receipts)
  }
  const ledger = memoryLedger(genesis(scenario, cast(scenario, agents, seed)))
  const { agents: outcomes } = Effect.runSync(Effect.provide(run({ scenario, catalogue, agents, seed, onTick }), ledger))
  return { rows, facts: receipts.flatMap(({ facts }) => facts), outcomes }
}
type Played = ReturnType<typeof play>
const sum = ({ outcomes }: Played, group: string, value: string) =>
  outcomes.reduce((total, agent) => (agent.group === group ? total + (agent.values[value] ?? 0) : total), 0)
const withGroup = (scenario: Scenario, id: string, changes: object): Scenario => ({
  ...scenario,
  agents: scenario.agents.map((group) => (group.id === id ? { ...group, ...changes } : group)),
})

describe("wash jobs", () => {
  const wash = (counts: Counts, { budgetUsd = 20_000, feeBps = 1000, emission = 1, days = 24 } = {}) => {
    const { scenario, catalogue } = readScenario(`scenarios/wash-jobs${counts === "capacity" ? "" : `-${counts}`}.yaml`)
    const { protocols } = scenario
    expect(protocols.oracle.counts).toBe(counts)
    const emissions = { ...protocols.emissions, tokensPerEpoch: 4000 * emission } as typeof protocols.emissions
    const short = {
      ...withGroup(scenario, "washer", { budgetUsd, startDay: 6 }),
      calendar: { ...scenario.calendar, days },
      protocols: { ...protocols, emissions, market: { ...protocols.market, feeBps } },
    }
    return play({ scenario: short, catalogue })
  }
  const volumeUsd = (played: Played) => sum(played, "washer", "washVolumeUsd")
  const volumeOf = ({ facts }: Played) =>
    facts.reduce(
      (usd, fact) =>
        (fact.kind === "market.completed" || fact.kind === "market.released") && fact.agent.startsWith("washer-")
          ? usd + fromMicros(grossMicros(fact))
          : usd,
      0,
    )

  it("bring nothing where machines count that are on: nobody washes", () => {
    const played = wash("capacity")
    expect(volumeUsd(played)).toBe(0)
    expect(played.rows.at(-1)).toMatchObject({ washShareOfRewards: 0, adversaryProfitUsd: 0 })
  })

  it("pay at almost any fee where hours count that jobs ran", () => {
    const alone = wash("rented", { budgetUsd: 0 })
    for (const feeBps of [1000, 5000]) {
      const played = wash("rented", { feeBps })
      expect(sum(played, "washer", "profitUsd")).toBeGreaterThan(500)
      expect(volumeUsd(played)).toBeLessThan(50)
      expect(sum(played, "washer", "ownerProfitUsd")).toBeGreaterThan(sum(alone, "washer", "ownerProfitUsd"))
    }
  })

  it("pay where dollars count while the emission for a paid dollar exceeds the fee, and no longer", () => {
    // About 2,000 USD of emission against 1,500 USD of payments a day: 4 in 3, against a fee of 1 in 10; then a hundredth of that.
    const rich = wash("paid")
    expect(sum(rich, "washer", "profitUsd")).toBeGreaterThan(2000)
    expect(sum(rich, "washer", "ownerProfitUsd")).toBeGreaterThan(sum(wash("paid", { budgetUsd: 0 }), "washer", "ownerProfitUsd") + 2000)
    expect(volumeUsd(wash("paid", { emission: 0.02 }))).toBe(0)
  })

  it("go through the real escrow at the real fee, and are booked as the contracts say", () => {
    const played = wash("paid")
    expect(volumeUsd(played)).toBeCloseTo(volumeOf(played), 6)
    const { spentUsd } = played.outcomes.find(({ group }) => group === "washer")!.values
    const powerUsd = spentUsd! - volumeUsd(played) * 0.1
    expect(powerUsd).toBeGreaterThan(0)
    expect(powerUsd).toBeLessThan(0.01 * volumeUsd(played))
    const washedShare = played.rows.at(-1)!["washShareOfRewards"]!
    expect(washedShare).toBeGreaterThan(0.1)
    expect(washedShare).toBeLessThan(1)
    // All that the farm gets in rewards, but for what real buyers made count.
    expect(sum(played, "washer", "gainedUsd")).toBeLessThanOrEqual(sum(played, "farm", "rewardUsd") + 1e-6)
  })
})

describe("many names", () => {
  const { scenario, catalogue } = readScenario("scenarios/sybil-names.yaml")
  const named = (matching: object) =>
    play({
      scenario: {
        ...scenario,
        calendar: { ...scenario.calendar, days: 25 },
        markets: { ...scenario.markets, jobs: { ...scenario.markets.jobs, matching: matching as typeof scenario.markets.jobs.matching } },
      },
      catalogue,
    })
  const drawn = named({ kind: "powerOfChoices", choices: 2 })
  const jobs = (played: Played, group: string) => sum(played, group, "jobRevenueUsd")

  it("are asked more often where a job asks some providers at random", () => {
    expect(jobs(drawn, "two-names")).toBeGreaterThan(1.3 * jobs(drawn, "one-name"))
    expect(jobs(drawn, "eight-names")).toBeGreaterThan(4 * jobs(drawn, "one-name"))
  })

  it("bring nothing where the best price decides", () => {
    const best = named({ kind: "bestPrice" })
    expect(jobs(best, "eight-names") / jobs(best, "one-name")).toBeGreaterThan(0.6)
    expect(jobs(best, "eight-names") / jobs(best, "one-name")).toBeLessThan(1.6)
  })

  it("bring nothing where stake and rewards go by GPU", () => {
    const reward = (group: string) => sum(drawn, group, "rewardUsd")
    expect(reward("eight-names") / reward("one-name")).toBeGreaterThan(0.95)
    expect(reward("eight-names") / reward("one-name")).toBeLessThan(1.05)
    const staked = (group: string) =>
      drawn.facts.reduce(
        (wei, fact) => (fact.kind === "registry.registered" && fact.agent.startsWith(group) ? wei + fact.stakeWei : wei),
        0n,
      )
    expect(staked("eight-names")).toBe(staked("one-name"))
  })

  it("have the mind, the machines and the stake of one owner", () => {
    const actors = cast(scenario, agents, "1")
    const of = (group: string) => actors.filter((actor) => actor.group === group)
    expect(of("eight-names")).toHaveLength(32)
    expect(of("eight-names").reduce((gpus, { params }) => gpus + Number(params["gpuCount"]), 0)).toBe(32)
    const [first, second] = of("eight-names")
    expect(first!.rng("start").uniform()).toBe(second!.rng("start").uniform())
    const uneven = cast(withGroup(scenario, "eight-names", { identities: 3 }), agents, "1").filter(({ group }) => group === "eight-names")
    expect(uneven.slice(0, 3).map(({ params }) => params["gpuCount"])).toEqual([3, 3, 2])
  })
})

describe("a predator", () => {
  const { scenario, catalogue } = readScenario("scenarios/predatory-pricing.yaml")
  const war = (changes: object) =>
    play({ scenario: { ...withGroup(scenario, "predator", changes), calendar: { ...scenario.calendar, days: 40 } }, catalogue })
  const peace = war({ budgetUsd: 0 })
  const long = war({ budgetUsd: 1e6, rivalsShare: 0 })
  const short = war({ budgetUsd: 500, rivalsShare: 0 })
  const mean = ({ rows }: Played, column: string, fromDay: number, toDay: number) =>
    rows.slice(fromDay * 4, toDay * 4).reduce((total, row) => total + row[column]!, 0) / ((toDay - fromDay) * 4)
  const rivals = (played: Played, value: string) =>
    ["home", "studio", "datacentre"].reduce((total, group) => total + sum(played, group, value), 0)

  it("without a budget is a provider like others", () => {
    expect(sum(peace, "predator", "spentUsd")).toBe(0)
    expect(sum(peace, "predator", "gainedUsd")).toBeCloseTo(sum(peace, "predator", "profitUsd"), 6)
  })

  it("presses the price and drives rivals out, at its own cost", () => {
    expect(mean(long, "paidUsdPerWorkHour", 15, 40)).toBeLessThan(0.75 * mean(peace, "paidUsdPerWorkHour", 15, 40))
    expect(rivals(long, "daysActive")).toBeLessThan(0.95 * rivals(peace, "daysActive"))
    expect(rivals(long, "profitUsd")).toBeLessThan(rivals(peace, "profitUsd"))
    expect(sum(long, "predator", "spentUsd")).toBeGreaterThan(1000)
    expect(sum(long, "predator", "profitUsd")).toBeLessThan(sum(peace, "predator", "profitUsd"))
  })

  it("stays while it loses, and asks much once its budget is gone", () => {
    expect(long.rows.at(-1)!["providersActive.a100"]).toBeGreaterThanOrEqual(10)
    const lost = short.outcomes.flatMap(({ group, values }) => (group === "predator" ? [values["spentUsd"]!] : []))
    // A day's loss beyond the budget, and bills that come later than the days they are for.
    for (const usd of lost) expect(usd).toBeLessThan(500 * 1.5)
    expect(mean(short, "paidUsdPerWorkHour", 30, 40)).toBeGreaterThan(1.5 * mean(long, "paidUsdPerWorkHour", 30, 40))
  })

  it("has what it lost and gained in its profit", () => {
    for (const { values } of short.outcomes.filter(({ group }) => group === "predator"))
      expect(values["gainedUsd"]! - values["spentUsd"]!).toBeCloseTo(values["profitUsd"]!, 6)
    expect(short.rows.at(-1)!["adversaryProfitUsd"]).toBeCloseTo(sum(short, "predator", "profitUsd"), 6)
  })
})

describe("adversaries that do not fit", () => {
  const { scenario, catalogue } = readScenario("scenarios/wash-jobs-paid.yaml")
  const problems = (changed: Scenario) => crossCheck(changed, catalogue).map(({ path, message }) => `${path.join(".")}: ${message}`)

  it("are named", () => {
    expect(problems(scenario)).toEqual([])
    expect(problems(withGroup(scenario, "washer", { for: "ferm" }))).toEqual([
      expect.stringMatching(/for: no group of providers is called "ferm".*farm/),
    ])
    expect(problems(withGroup(scenario, "farm", { identities: 9 }))).toEqual([
      expect.stringMatching(/identities: 8 GPUs cannot be .* 9 names/),
    ])
    const batch = {
      ...scenario.protocols,
      market: { ...scenario.protocols.market, settlement: { kind: "batch", hours: 24, windowHours: 0 } as const },
    }
    expect(problems({ ...scenario, protocols: batch }).filter((line) => line.includes("who paid whom"))).toHaveLength(1)
    const pid = { ...scenario.protocols, emissions: { kind: "utilisationPid" } as unknown as Scenario["protocols"]["emissions"] }
    expect(problems({ ...scenario, protocols: pid }).filter((line) => line.includes("dollars count"))).toHaveLength(1)
  })
})
