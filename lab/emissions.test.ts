import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { demandFactor, openExogenous } from "../sim/exogenous.ts"
import { calm } from "../sim/faults/ports.ts"
import { moment } from "../sim/clock.ts"
import type { Signals } from "../sim/protocols/emission.ts"
import { emissionTerms, openEmission, type Params } from "../sim/protocols/emissions/index.ts"
import { fromWei, WEI_PER_TOKEN } from "../sim/units.ts"
import { emissionPresetIds, readEmissionPreset } from "./emissionPreset.ts"
import { readScenario } from "./scenarioFile.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-emissions-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))
cpSync("scenarios/baseline.yaml", join(here, "baseline.yaml"))
const file = (name: string, text: string): string => {
  writeFileSync(join(here, name), text)
  return join(here, name)
}
let written = 0
const scenario = (changes: string): string => file(`${++written}.yaml`, `extends: baseline.yaml\nname: changed\n${changes}\n`)
const emissions = (changes: string): string => scenario(`protocols:\n  emissions: ${changes}`)
const read = (changes: string): Params => readScenario(emissions(changes)).scenario.protocols.emissions

/** Tokens of so many epochs of a network that does just what its model wants. */
const emitted = (params: Params, epochs: number, signals: Partial<Signals> = {}): number => {
  let emission = openEmission(emissionTerms(params, epochs))
  let wei = 0n
  for (let epoch = 0; epoch < epochs; epoch++) {
    const supplyWei = 1_000n * WEI_PER_TOKEN + wei
    const known = { supplyWei, burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n, ...signals }
    const { amountWei, next } = emission.release(epoch, known)
    emission = next
    wei += amountWei
  }
  return fromWei(wei)
}

describe("the preset", () => {
  it.each<readonly [string, number, number, number]>([
    // Id, days, tokens that the network's own documents give, relative precision
    ["bitcoin", 7_292, 50 * 210_000 * (1 + 1 / 2 + 1 / 4 + 1 / 8 + 1 / 16), 1e-3],
    ["helium", 730, 120e6, 1e-9],
    ["helium", 1_460, 180e6, 1e-9],
    ["render", 365, 9.13e6, 1e-6],
    ["render", 730, 9.13e6 + 5.9e6, 1e-6],
    ["io-net", 7_305, 300e6, 1e-5],
    ["curve", 365, 274_815_283, 1e-9],
    ["curve", 1_460, 2_166_666_667.44 - 1_303_030_303, 1e-9],
    ["filecoin", 2_190, 165e6, 1e-9],
    ["nodeai-style", 7_300, 0, 0],
  ])("%s emits in %d days what its network says: %d", (id, days, tokens, precision) => {
    expect(Math.abs(emitted(readEmissionPreset(id).model, days) - tokens)).toBeLessThanOrEqual(precision * tokens)
  })

  it("livepeer moves by 637 billionths a day from 23 % a year", () => {
    const year = emitted({ ...(readEmissionPreset("livepeer").model as Extract<Params, { kind: "bondingTarget" }>), changePpb: 0 }, 365)
    expect(year / 1_000).toBeCloseTo(1.000_632_837 ** 365 - 1, 6)
    expect(year / 1_000).toBeGreaterThan(0.23)
  })

  it.each(emissionPresetIds())("%s says where it is from, and can be used", (id) => {
    const preset = readEmissionPreset(id)
    expect(preset.id).toBe(id)
    expect(preset.source.length).toBeGreaterThan(20)
    expect(preset.date).toMatch(/^20\d\d-\d\d/)
    expect(read(`{ kind: preset, id: ${id} }`)).toEqual(preset.model)
  })

  it("is scaled, changed, and replaces the parent's model as a whole", () => {
    expect(read("{ kind: preset, id: bitcoin, scale: 2, halvingBlocks: 4320 }")).toEqual({
      kind: "halving",
      tokensPerBlock: 100,
      halvingBlocks: 4_320,
      blocksPerEpoch: 144,
      decimals: 8,
    })
    expect(read("{ kind: preset, id: curve }")).toMatchObject({ kind: "decay", stepEpochs: 365 })
    expect(read("{ tokensPerEpoch: 5 }")).toMatchObject({ kind: "decay", tokensPerEpoch: 5, decayBpsPerEpoch: 4 })
  })
})

describe("a table", () => {
  const csv = "# from a paper\nepoch,tokens\n0,4000\n1, 3.5e3\r\n2,0.25\n"

  it("is read from the file that stands beside the scenario, and is part of the scenario's hash", () => {
    file("amounts.csv", csv)
    const path = emissions("{ kind: table, file: amounts.csv }")
    const before = readScenario(path)
    expect(before.scenario.protocols.emissions).toEqual({ kind: "table", tokensPerEpoch: [4_000, 3_500, 0.25] })
    expect(readScenario(emissions("{ kind: table, tokensPerEpoch: [4000, 3500, 0.25] }")).hash).toBe(before.hash)
    file("amounts.csv", csv.replace("0.25", "0.5"))
    expect(readScenario(path).hash).not.toBe(before.hash)
  })

  it("is found by the parent's place", () => {
    mkdirSync(join(here, "below"))
    writeFileSync(join(here, "below", "own.csv"), "epoch,tokens\n0,9\n")
    file("below/parent.yaml", "extends: ../baseline.yaml\nprotocols:\n  emissions: { kind: table, file: own.csv }\n")
    const { scenario } = readScenario(file("child.yaml", "extends: below/parent.yaml\nname: child\n"))
    expect(scenario.protocols.emissions).toEqual({ kind: "table", tokensPerEpoch: [9] })
  })

  it.each([
    ["0,4000\n", /bad\.csv:1: expected the heading epoch,tokens/],
    ["", /bad\.csv:1: expected the heading/],
    ["epoch,tokens\n0,1\n2,1\n", /bad\.csv:3: got 2,1, expected epoch 1/],
    ["epoch,tokens\n0,-1\n", /bad\.csv:2: got 0,-1/],
    ["epoch,tokens\n0,1e10\n", /bad\.csv:2: got 0,1e10/],
    ["epoch,tokens\n0,=cmd()\n", /bad\.csv:2: got 0,=cmd\(\)/],
    ["epoch,tokens\n", /tokensPerEpoch.*1 to 20000 amounts/],
    [`epoch,tokens\n${Array.from({ length: 20_001 }, (_, epoch) => `${epoch},1`).join("\n")}`, /1 to 20000 amounts/],
    [`epoch,tokens\n${"9".repeat(1_000_001)}`, /larger than 1 MB/],
  ])("that is none is refused at its line: %#", (text, message) => {
    file("bad.csv", text)
    expect(() => read("{ kind: table, file: bad.csv }")).toThrow(message)
  })

  it.each(["../amounts.csv", "/etc/passwd", "amounts.txt", "a/../../b.csv", ".csv", "5", "a\\b.csv", "https://x.csv"])(
    "cannot be %s",
    (name) => {
      expect(() => read(`{ kind: table, file: '${name}' }`)).toThrow(/emissions\.file: got .*CSV file in the scenario's folder/)
    },
  )
})

describe("a mistake is shown at its line and column", () => {
  it.each<readonly [string, RegExp]>([
    ["{ kind: preset, id: bitcon }", /:4:34 protocols\.emissions\.id: unknown preset "bitcon"; did you mean bitcoin/],
    ["{ kind: preset }", /:4:14 protocols\.emissions\.id: missing/],
    ["{ kind: preset, id: bitcoin, scale: 0 }", /:4:50 protocols\.emissions\.scale: got 0/],
    ["{ kind: preset, id: bitcoin, scale: 1e9 }", /:4:34 protocols\.emissions\.id: tokensPerBlock of the preset: got 50000000000/],
    ["{ kind: preset, id: bitcoin, halvingBlock: 1 }", /:4:43 protocols\.emissions\.halvingBlock: unknown key; did you mean halvingBlocks/],
    ["{ kind: decai }", /:4:22 protocols\.emissions\.kind: unknown kind "decai"; did you mean decay/],
    ["{ kind: fixed, tokensPerEpoch: 1, decayBpsPerEpoch: 2 }", /:4:48 protocols\.emissions\.decayBpsPerEpoch: unknown key/],
    ["{ kind: formula, tokensPerEpoch: 4000 * 0.5 ^ (epoch / month) }", /:4:69 .*month is not known here/],
    ['{ kind: formula, tokensPerEpoch: "1 + import(1)" }', /:4:52 .*import is not known/],
    [">-\n    x", /protocols\.emissions: got "x"/],
    [
      "\n    kind: formula\n    tokensPerEpoch: >-\n      1 +\n      import(1)",
      /:6:21 .*import is not known.*\(at character 5 of the text\)/,
    ],
    ["{ kind: formula, tokensPerEpoch: 10 - epoch }", /:4:47 .*gives -1 in epoch 11/],
    [`{ kind: formula, tokensPerEpoch: "${"(".repeat(900_000)}" }`, /:4:47 .*expected a formula of epoch in at most 500 characters/],
    [
      "{ kind: utilisationPid, tokensPerEpoch: 5, targetShare: 0.5, proportional: 1, minTokensPerEpoch: 9, maxTokensPerEpoch: 8 }",
      /minTokensPerEpoch: the least emission \(9\) is above the most \(8\)/,
    ],
    [
      "{ kind: bondingTarget, inflationPpb: 5, changePpb: 1, targetBondedShare: 0.5, floorPpb: 9, ceilingPpb: 8 }",
      /floorPpb: the floor \(9\) is above the ceiling \(8\)/,
    ],
  ])("%#", (changes, message) => {
    expect(() => read(changes)).toThrow(message)
  })

  it("also where the preset or its growth does not fit the calendar", () => {
    const filecoin = scenario("calendar: { days: 3650 }\nprotocols:\n  emissions: { kind: preset, id: filecoin, doublingEpochs: 119 }")
    expect(() => readScenario(filecoin)).toThrow(/:5:60 protocols\.emissions\.doublingEpochs: the baseline doubles more than 30 times/)
    const path = scenario("calendar: { epochDays: 7 }\nprotocols:\n  emissions: { kind: preset, id: helium }")
    expect(() => readScenario(path)).toThrow(/:3:24 calendar\.epochDays: the preset helium counts in epochs of 1 days/)
  })
})

describe("a formula of demand", () => {
  it("multiplies demand, and is checked on every day of the run", () => {
    const { scenario: weekly } = readScenario(scenario('markets:\n  demand: { formula: "1 + 0.5 * (day >= 10)" }'))
    const factor = (day: number) => {
      const now = { ...moment(weekly.calendar, 1), day }
      const { formula: _, ...plain } = weekly.markets.demand
      const without = { ...weekly, markets: { ...weekly.markets, demand: plain } }
      return demandFactor(weekly, openExogenous(weekly), now, calm) / demandFactor(without, openExogenous(without), now, calm)
    }
    expect([factor(0), factor(9.75), factor(10), factor(80)]).toEqual([1, 1, 1.5, 1.5])
    expect(() => readScenario(scenario("markets:\n  demand: { formula: 50 - day }"))).toThrow(
      /:4:22 markets\.demand\.formula: gives -0\.25 on day 50\.25/,
    )
    expect(() => readScenario(scenario("markets:\n  demand: { formula: epoch }"))).toThrow(/epoch is not known here; known are day/)
  })
})
