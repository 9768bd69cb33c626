import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Row } from "../sim/metric.ts"
import type { Scenario } from "../sim/scenario.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario: full, catalogue } = readScenario("scenarios/graph-staking.yaml")
const days = 26
const scenario: Scenario = { ...full, calendar: { ...full.calendar, days } }

const play = async (of: Scenario) => {
  const rows: Row[] = []
  const kinds = new Set<string>()
  const { digest } = await Effect.runPromise(
    execute(
      { scenario: of, catalogue, seed: "1" },
      {
        onTick: ({ row, receipts }) => {
          rows.push(row)
          for (const { order, status } of receipts) if (status === "ok") kinds.add(order.action.kind)
        },
      },
    ),
  )
  return { digest, rows, kinds, end: rows.at(-1)! }
}
describe("The Graph's contracts in a scenario", () => {
  const plain = play(scenario)

  it("have the same results in every run of a seed", async () => {
    expect((await play(scenario)).digest).toBe((await plain).digest)
  }, 60_000)

  it("are staked, delegated to, allocated, rewarded and slashed, and delegation goes where the yield is", async () => {
    const { kinds, rows, end } = await plain
    for (const action of ["stake", "payOut", "setCut", "delegate", "undelegate", "allocate", "close", "dispute", "accept"])
      expect(kinds).toContain(`graph.${action}`)
    expect(end["graphTokens.delegated"]).toBeGreaterThan(500_000)
    expect(end["graphSlashedTokens"]).toBeGreaterThan(0)
    expect(end["graphYieldFollowed"]).toBeGreaterThan(0.9)
    const sum = (column: string) => rows.reduce((total, row) => total + row[column]!, 0)
    const rewards = sum("graphRewardsTokens.indexers") + sum("graphRewardsTokens.delegators")
    // A thousand tokens a day; what the last allocations have earned is not yet minted.
    expect(rewards).toBeGreaterThan(days * 1_000 * 0.6)
    expect(rewards).toBeLessThan(days * 1_000)
  }, 60_000)

  it("slash nobody who works", async () => {
    const agents = scenario.agents.map((group) => (group.kind === "indexer" ? { ...group, lazyShare: 0, errorShare: 0 } : group))
    const { end, kinds } = await play({ ...scenario, agents })
    expect(kinds).toContain("graph.close")
    expect(end).toMatchObject({ graphSlashedTokens: 0, "graphDisputes.falseProofs": 0, "graphDisputes.accepted": 0 })
  }, 60_000)
})

describe("a scenario file with The Graph", () => {
  const here = mkdtempSync(join(tmpdir(), "depinlab-graph-"))
  afterAll(() => rmSync(here, { recursive: true, force: true }))
  cpSync("scenarios/baseline.yaml", join(here, "baseline.yaml"))
  const read = (text: string) => {
    const path = join(here, "graph.yaml")
    writeFileSync(path, `extends: baseline.yaml\nname: graph\n${text}\n`)
    return readScenario(path)
  }
  const graph = (more: string) => `protocols: { graph: { issuanceTokensPerDay: 9, subgraphs: [{ id: a, signalTokens: 5 }]${more} } }`

  it.each([
    [
      "an indexer without it",
      "agents: [{ kind: indexer, id: i, count: 1, stakeTokens: 9, usd: 9, costUsdPerDay: 1, feeShare: 0.1 }]",
      /an indexer needs protocols\.graph/,
    ],
    ["no subgraph", "protocols: { graph: { issuanceTokensPerDay: 9, subgraphs: [] } }", /graph\.subgraphs/],
    [
      "two subgraphs of one name",
      `protocols: { graph: { issuanceTokensPerDay: 9, subgraphs: [{ id: a, signalTokens: 5 }, { id: a, signalTokens: 5 }] } }`,
      /subgraphs\[\d\]\.id/,
    ],
    ["a slash of more than the stake", graph(", slashShare: 1.1"), /graph\.slashShare/],
    [
      "more signal than there is",
      "protocols: { graph: { issuanceTokensPerDay: 9, subgraphs: [{ id: a, signalTokens: 90000000 }] } }",
      /more than exist/,
    ],
    [
      "a fisherman whom nobody answers",
      `${graph("")}\nagents: [{ kind: fisherman, id: f, count: 1, tokens: 9, usd: 9, checkShare: 1, checkUsd: 1 }]`,
      /nobody decides what a fisherman disputes/,
    ],
    ["a judge without a case", "agents: [{ kind: judge, id: j, count: 1, errorShare: 0 }]", /a judge needs appeals or disputes/],
  ])("%s: refused at its place", (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it("has none when it names none, and the network's terms when it names only what has no default", () => {
    expect(read("seeds: 1").scenario.protocols.graph).toBeUndefined()
    expect(read(graph("")).scenario.protocols.graph).toMatchObject({ delegationRatio: 16, slashShare: 0.025, blocksPerTick: 4 })
  })
})
