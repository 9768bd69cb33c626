import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, describe, expect, it } from "vitest"
import type { Row } from "../sim/metric.ts"
import type { Scenario } from "../sim/scenario.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

/** One run on the chain. */
const play = async (scenario: Scenario, catalogue: ReturnType<typeof readScenario>["catalogue"]) => {
  const rows: Row[] = []
  const recording = await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }, { onTick: ({ row }) => rows.push(row) }))
  const column = (name: string) => recording.agents.find((one) => one.name === name)!.data
  return { rows, gainOf: (id: string) => Number(column("vaultGainUsd")[column("id").indexOf(id as never)]) }
}

describe("a scenario with farms and a vault", () => {
  const here = mkdtempSync(join(tmpdir(), "depinlab-farms-"))
  afterAll(() => rmSync(here, { recursive: true, force: true }))
  cpSync("scenarios/baseline.yaml", join(here, "baseline.yaml"))
  const read = (text: string) => {
    const path = join(here, "farms.yaml")
    writeFileSync(path, `extends: baseline.yaml\nname: farms\n${text}\n`)
    return readScenario(path)
  }
  const farm = (more: string) => `{ kind: stakingRewards, id: a, tokens: 10, days: 5${more} }`

  it.each([
    ["two farms of one name", `protocols: { farms: [${farm("")}, ${farm("")}] }`, /farms\[\d\]\.id.*taken by an earlier farm/],
    [
      "a farm after the end",
      `protocols: { farms: [${farm(", startDay: 90")}] }`,
      /farms\[0\]\.startDay.*begins on day 90, and the run ends on day 90/,
    ],
    ["more reward than there is", "protocols: { farms: [{ kind: masterChef, id: a, tokens: 9000000, days: 5 }] }", /more than exist/],
    ["a farm of no kind that there is", "protocols: { farms: [{ kind: gauge, id: a, tokens: 9, days: 5 }] }", /farms\[0\]/],
    [
      "a farmer without a farm",
      "agents: [{ kind: farmer, id: f, count: 1, capitalUsd: 9, yieldPerYearMin: 0 }]",
      /a farmer needs protocols\.farms/,
    ],
    ["a depositor without a vault", "agents: [{ kind: depositor, id: d, count: 1 }]", /a depositor needs protocols\.vault/],
    ["too many decimals", "protocols: { vault: { decimalsOffset: 19 } }", /vault\.decimalsOffset/],
  ])("%s: refused at its place", (_, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it("has neither when it names neither, and the defaults of both when it does", () => {
    expect(read("seeds: 1").scenario.protocols).toMatchObject({ farms: [] })
    expect(read("seeds: 1").scenario.protocols.vault).toBeUndefined()
    const { farms, vault } = read("protocols: { farms: [{ kind: masterChef, id: a, tokens: 9, days: 5 }], vault: {} }").scenario.protocols
    expect(farms).toMatchObject([{ startDay: 0, blocksPerTick: 4 }])
    expect(vault).toEqual({ guard: "virtualShares", decimalsOffset: 6, profitUnlockHours: 24, performanceFeeBps: 1_000 })
  })
})

describe("liquidity that is paid for", () => {
  it("comes with the rewards and leaves after them", async () => {
    const { scenario, catalogue } = readScenario("scenarios/farm-and-vault.yaml")
    const farms = scenario.protocols.farms.map((farm) => ({ ...farm, startDay: 5, days: 12 }))
    const short = { ...scenario, calendar: { ...scenario.calendar, days: 30 }, protocols: { ...scenario.protocols, farms } }
    const { rows } = await play(short, catalogue)
    const on = (day: number, column: string) => rows[day * 4 - 1]![column]!

    expect(on(4, "liquidityUsd.farmed")).toBe(0)
    expect(on(15, "liquidityUsd.farmed")).toBeGreaterThan(200_000)
    expect(on(15, "liquidityUsd.vault")).toBeGreaterThan(50_000)
    expect(on(15, "poolUsd")).toBeGreaterThan(1.3 * on(4, "poolUsd"))
    expect(on(29, "liquidityUsd.farmed")).toBeLessThan(0.05 * on(15, "liquidityUsd.farmed"))
    expect(on(29, "vaultPricePerShare")).toBeGreaterThan(1.02)
    // Both budgets, but for the time before the first stake.
    const paid = farms.map(({ id }) => rows.reduce((sum, row) => sum + row[`farmRewardsTokens.${id}`]!, 0))
    for (const [index, { tokens }] of farms.entries()) {
      expect(paid[index]).toBeLessThanOrEqual(tokens)
      expect(paid[index]).toBeGreaterThan(0.8 * tokens)
    }
  }, 120_000)
})

describe("an attack on a vault's first share", () => {
  const { scenario, catalogue } = readScenario("scenarios/vault-attack.yaml")
  const attack = async (changes: Partial<NonNullable<Scenario["protocols"]["vault"]>>, giftRatio = 1) => {
    const vault = { ...scenario.protocols.vault!, ...changes }
    const agents = scenario.agents.map((group) => (group.kind === "inflationAttacker" ? { ...group, giftRatio } : group))
    const { gainOf, rows } = await play(
      { ...scenario, calendar: { ...scenario.calendar, days: 12 }, protocols: { ...scenario.protocols, vault }, agents },
      catalogue,
    )
    return { attackerUsd: gainOf("attacker-1"), victimsUsd: rows.at(-1)!["vaultGainUsd.depositor"]! }
  }

  it("pays where nothing guards the vault, less with a smaller gift", async () => {
    const { attackerUsd, victimsUsd } = await attack({})
    expect(attackerUsd).toBeGreaterThan(100_000)
    expect(victimsUsd / attackerUsd).toBeCloseTo(-1, 6)
    const smaller = await attack({}, 0.4)
    expect(smaller.attackerUsd).toBeGreaterThan(0)
    expect(smaller.attackerUsd).toBeLessThan(attackerUsd / 5)
  }, 120_000)

  it("hurts all with virtual shares alone, and only the attacker with an offset of six decimals", async () => {
    const bare = await attack({ guard: "virtualShares", decimalsOffset: 0 })
    expect(bare.attackerUsd).toBeLessThan(0)
    expect(bare.victimsUsd).toBeLessThan(-10_000)
    const guarded = await attack({ guard: "virtualShares", decimalsOffset: 6 })
    expect(guarded.attackerUsd).toBeLessThan(-10_000)
    expect(guarded.victimsUsd).toBeGreaterThan(-1)
  }, 120_000)
})
