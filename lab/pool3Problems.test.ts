import { expect, test } from "vitest"
import type { Scenario } from "../sim/scenario.ts"
import { pool3Problems } from "./pool3Problems.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario: shipped } = readScenario("scenarios/pools-v2-v3.yaml")
const pool = { id: "a", feePips: 500, treasuryUsd: 10, twapHours: 24 } as const
const messages = (pools3: Scenario["protocols"]["pools3"], agents: Scenario["agents"] = []) =>
  pool3Problems({ ...shipped, protocols: { ...shipped.protocols, pools3 }, agents }).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  )

test("the shipped pools and their providers fit together", () => {
  expect(pool3Problems(shipped)).toEqual([])
})

test("no pool may be called like the main one", () => {
  expect(messages([{ ...pool, id: "main" }])).toEqual(["protocols.pools3.0.id: main is the Uniswap v2 pool; take another id"])
})

test("a provider's pool must be there, and a near miss is named", () => {
  const provider = (id: string) => ({ kind: "rangeProvider", id: "lp", count: 1, pool: id })
  expect(messages([{ ...pool, id: "low" }], [provider("low"), { kind: "whale", id: "w", count: 1 }])).toEqual([])
  expect(messages([{ ...pool, id: "low" }], [provider("lwo")])).toEqual([expect.stringMatching(/^agents.0.pool: unknown pool "lwo".*low/)])
  expect(messages([], [provider("low")])).toEqual(['agents.0.pool: unknown pool "low"; protocols.pools3 names none'])
})
