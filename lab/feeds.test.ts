import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { agents } from "../agents/index.ts"
import { chainLedger } from "../chain/chainLedger.ts"
import { cast } from "../sim/actor.ts"
import type { Fault } from "../sim/faults/index.ts"
import { noStrain } from "../sim/feeds/feedStrain.ts"
import { genesis } from "../sim/genesis.ts"
import type { Row } from "../sim/metric.ts"
import { run } from "../sim/run.ts"
import type { Scenario } from "../sim/scenario.ts"
import { feedProblems } from "./feedProblems.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario, catalogue } = readScenario("scenarios/oracle-committee.yaml")
const feed = "seven-sign-5"
const { claims: _, ...withoutClaims } = scenario.protocols

/** Two days of one honest committee, with nobody else but who must be there. */
const alone: Scenario = {
  ...scenario,
  calendar: { ...scenario.calendar, days: 2 },
  protocols: {
    ...withoutClaims,
    feeds: scenario.protocols.feeds.filter(({ id }) => id === feed),
    priceSource: { kind: "feed", id: feed },
  },
  agents: scenario.agents
    .filter(({ id, kind }) => kind === "oracleNode" || id === "seven-most")
    .map((group) => (group.kind === "feedNode" ? { ...group, colludeShare: 0 } : group)),
}
const play = async (changes: Partial<Scenario>): Promise<ReadonlyArray<Row>> => {
  const played = { ...alone, ...changes }
  const rows: Array<Row> = []
  await Effect.runPromise(
    Effect.provide(
      run({ scenario: played, catalogue, agents, seed: "1", onTick: ({ row }) => rows.push(row) }),
      chainLedger(genesis(played, cast(played, agents, "1"))),
    ),
  )
  return rows
}
const strained = (strain: object): Promise<ReadonlyArray<Row>> =>
  play({ faults: [{ kind: "priceFeed", feed, fromDay: 1, toDay: 2, ...noStrain, ...strain } as Fault] })
const highest = (rows: ReadonlyArray<Row>, metric: string) => Math.max(...rows.slice(24).map((row) => row[`${metric}.${feed}`]!))
const total = (rows: ReadonlyArray<Row>, metric: string) => rows.slice(24).reduce((sum, row) => sum + row[`${metric}.${feed}`]!, 0)

describe("a fault of a price feed, on the chain", () => {
  it("moves what it is called by, and leaves the day before it alone", async () => {
    const calm = await play({})
    const day = (rows: ReadonlyArray<Row>) => JSON.stringify(rows.slice(0, 24))
    expect(highest(calm, "feedDeviationShare")).toBeLessThan(0.025)
    expect(total(calm, "feedCorruptedReports")).toBe(0)
    expect(calm.slice(1).every((row, index) => row["meanPriceUsd"]! > 0 && calm[index]!["meanPriceUsd"] !== undefined)).toBe(true)
    expect(await strained({})).toEqual(calm)

    const down = await strained({ downShare: 1 })
    expect(highest(down, "feedAgeHours")).toBeGreaterThanOrEqual(24)
    expect(total(down, "feedReports")).toBe(0)

    const biased = await strained({ biasFactor: 1.5 })
    expect(highest(biased, "feedDeviationShare")).toBeGreaterThan(0.45)
    // Every node is wrong alike, so no answer is outside of what they saw.
    expect(total(biased, "feedCorruptedReports")).toBe(0)

    const bribed = await strained({ bribedShare: 0.6, targetFactor: 0.5 })
    expect(total(bribed, "feedCorruptedReports")).toBeGreaterThan(3)
    expect(highest(bribed, "feedDeviationShare")).toBeGreaterThan(0.45)

    const frozen = await strained({ isFrozen: true })
    const late = await strained({ lagHours: 24 })
    for (const rows of [frozen, late]) {
      expect(highest(rows, "feedDeviationShare")).toBeGreaterThan(highest(calm, "feedDeviationShare"))
      expect(highest(rows, "feedAgeHours")).toBeLessThanOrEqual(24)
    }
    for (const rows of [down, biased, bribed, frozen, late]) expect(day(rows)).toBe(day(calm))
  }, 60_000)
})

describe("a scenario with feeds is refused", () => {
  const messages = (changes: Partial<Scenario["protocols"]>, of: Partial<Scenario> = {}) =>
    feedProblems({ ...scenario, ...of, protocols: { ...scenario.protocols, ...changes } }).map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    )
  const [first] = scenario.protocols.feeds
  const claims = scenario.protocols.claims!
  const uptime = {
    feed: "four-sign-2",
    budgetTokens: 1,
    bonusTokensPerGpu: 1,
    uptimeShareMin: 0.999,
    penaltyShareMax: 0.9,
    slashBps: 0,
    putsOut: false,
    monthDays: 30,
    keeperTokens: 0,
  }

  it("never as it is shipped", () => expect(messages({})).toEqual([]))

  it.each<readonly [string, Partial<Scenario["protocols"]>, Partial<Scenario>, RegExp]>([
    [
      "too small a committee",
      { feeds: [{ ...first!, faulty: 2 }, ...scenario.protocols.feeds.slice(1)] },
      {},
      /feeds\.0\.faulty.*more than 6, and it has 4/,
    ],
    ["an id twice", { feeds: [first!, ...scenario.protocols.feeds] }, {}, /feeds\.1\.id.*taken/],
    ["a node of no feed", { feeds: scenario.protocols.feeds.slice(1) }, {}, /agents\.\d+\.feed: unknown feed "four-sign-2"/],
    ["claims of no feed", { claims: { ...claims, feed: "seven-sign-33" } }, {}, /claims\.feed.*did you mean "?seven-sign-3/i],
    ["claims by the mean that name a feed", { claims: { ...claims, reference: "mean" } }, {}, /claims\.feed: the reference is mean/],
    ["a price source of no feed", { priceSource: { kind: "feed", id: "usd" } }, {}, /priceSource\.id: unknown feed/],
    [
      "a burn by no feed",
      {
        burn: { kind: "credits", spendBpsMax: 1, creditBps: 1, price: { feed: "usd", maxAgeHours: 1, onStale: "pause", premiumBpsMax: 1 } },
      },
      {},
      /burn\.price\.feed/,
    ],
    ["uptimes that no forwarder carries", { uptime: { ...uptime, feed: "seven-sign-5" } }, {}, /uptime\.feed: .*only a forwarder/],
    ["a bonus with a penalty", { uptime: { ...uptime, penaltyShareMax: 1 } }, {}, /penaltyShareMax/],
    [
      "a warden with a lender",
      { uptime, lending: { capitalUsd: 1, interestPerYear: 0, termDays: 1, missedDaysMax: 1 } },
      {},
      /a lender or a warden/,
    ],
    ["a fault of no feed", {}, { faults: [{ kind: "priceFeed", feed: "usd", fromDay: 1, toDay: 2, ...noStrain }] }, /faults\.0\.feed/],
  ])("with %s", (_, changes, of, message) => {
    expect(messages(changes, of).join("\n")).toMatch(message)
  })
})
