import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { Scenario } from "../sim/scenario.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// Knobs that are inert in the baseline, because they need a protocol or a chain that only a real chain has; economy.test.ts turns all others.

type Read = ReturnType<typeof readScenario>

const short = (file: string, days: number): Pick<Read, "scenario" | "catalogue"> => {
  const { scenario, catalogue } = readScenario(`scenarios/${file}`)
  return { scenario: { ...scenario, calendar: { ...scenario.calendar, days } }, catalogue }
}
const withParameter = (scenario: Scenario, kind: string, name: string, value: number): Scenario => ({
  ...scenario,
  agents: scenario.agents.map((group) => (group.kind === kind ? { ...group, [name]: value } : group)),
})
const digestOf = async (scenario: Scenario, catalogue: Read["catalogue"]): Promise<string> =>
  (await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }))).digest

describe("a knob moves something on the chain", () => {
  const fees = short("l1-vs-l2.yaml", 8)
  const credit = short("hardware-on-credit.yaml", 8)
  const disputed = short("disputes.yaml", 3)
  const plain = new Map<object, Promise<string>>()
  const plainDigest = (world: typeof fees): Promise<string> => {
    const digest = plain.get(world) ?? digestOf(world.scenario, world.catalogue)
    plain.set(world, digest)
    return digest
  }

  it("chain", async () => {
    expect(await digestOf({ ...fees.scenario, chain: { kind: "free" } }, fees.catalogue)).not.toBe(await plainDigest(fees))
  })

  it.each([
    ["provider", "feeShareMax", 1e-4, fees],
    ["provider", "claimWaitDays", 0, fees],
    ["provider", "heartbeatFeeShareMax", 1e-4, fees],
    ["oracleNode", "reportUsdMax", 0, fees],
    ["buyer", "payoutFeeShareMax", 1e-6, short("payout-every-five-minutes.yaml", 1)],
    ["buyer", "checkShare", 1, disputed],
    ["buyer", "resultCheckUsd", 1, disputed],
    ["buyer", "misjudgedShareBelieved", 1, disputed],
    ["buyer", "disputeShare", 1, disputed],
    ["provider", "guessedShare", 1, disputed],
    ["provider", "debtUsdPerGpu", 0, credit],
    ["provider", "pocketUsd", 0, short("hardware-on-credit.yaml", 50)],
  ])("%s.%s", async (kind, name, value, world) => {
    expect(await digestOf(withParameter(world.scenario, kind, name, value), world.catalogue)).not.toBe(await plainDigest(world))
  })
})
