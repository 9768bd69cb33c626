import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { stringify } from "yaml"
import { readScenario } from "../scenarioFile.ts"
import { planSweep } from "./variants.ts"

const here = mkdtempSync(join(tmpdir(), "depinlab-sweep-"))
afterAll(() => rmSync(here, { recursive: true, force: true }))

const baseline = resolve("scenarios/baseline.yaml")
const knobs = {
  emission: "protocols.emissions.tokensPerEpoch",
  burn: "protocols.market.burnBps",
  stake: "protocols.registry.stakeTokensPerGpu",
}
let written = 0
const file = (text: string): string => {
  const path = join(here, `${++written}.yaml`)
  writeFileSync(path, text)
  return path
}
const sweep = (changes: object): string =>
  stringify({ name: "try", question: "Does it?", scenario: relative(here, baseline), seeds: 2, knobs, ...changes })
const plan = (changes: object) => planSweep(file(sweep(changes)))
const only = (...ids: ReadonlyArray<keyof typeof knobs>) => Object.fromEntries(ids.map((id) => [id, knobs[id]]))

const list = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: max })
const settings = { numRuns: 6 }

describe("designs", () => {
  it("a grid has as many variants as the product of its lists, no two with the same values, ids counted, in the same order each time", () =>
    fc.assert(
      fc.property(list(3), list(3), list(2), (emission, burn, stake) => {
        const design = { kind: "grid", values: { emission, burn, stake } }
        const { variants, duplicates } = plan({ design })
        expect(variants).toHaveLength(emission.length * burn.length * stake.length)
        expect(variants.map(({ index }) => index)).toEqual(variants.map((_, index) => index))
        expect(new Set(variants.map(({ values }) => JSON.stringify(values))).size).toBe(variants.length)
        expect(duplicates).toBe(0)
        expect(plan({ design }).variants.map(({ hash }) => hash)).toEqual(variants.map(({ hash }) => hash))
        expect(variants.at(-1)!.values).toEqual({ emission: emission.at(-1), burn: burn.at(-1), stake: stake.at(-1) })
      }),
      settings,
    ))

  it("a concat has the sum, a cross the product of its parts", () =>
    fc.assert(
      fc.property(list(3), list(2), (emission, burn) => {
        const parts = [
          { kind: "grid", values: { emission } },
          { kind: "zip", values: { burn } },
        ]
        expect(plan({ knobs: only("emission", "burn"), design: { kind: "concat", designs: parts } }).variants).toHaveLength(
          emission.length + burn.length,
        )
        const { variants } = plan({ knobs: only("emission", "burn"), design: { kind: "cross", designs: parts } })
        const { variants: grid } = plan({ knobs: only("emission", "burn"), design: { kind: "grid", values: { emission, burn } } })
        expect(variants.map(({ hash }) => hash)).toEqual(grid.map(({ hash }) => hash))
      }),
      settings,
    ))

  it("a zip has as many variants as its lists have values, one of each", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 10_000 })), { minLength: 1, maxLength: 6 }),
        (pairs) => {
          const values = { emission: pairs.map(([a]) => a), burn: pairs.map(([, b]) => b) }
          const { variants, duplicates } = plan({ knobs: only("emission", "burn"), design: { kind: "zip", values } })
          expect(variants.map(({ values }) => [values["emission"], values["burn"]])).toEqual(pairs)
          expect(duplicates).toBe(pairs.length - new Set(pairs.map(String)).size)
        },
      ),
      settings,
    ))
})

it("a knob that says what the scenario says gives the scenario", () => {
  const { variants, base, baseIndex, duplicates } = plan({
    design: {
      kind: "cases",
      cases: [{ set: { emission: 1_000 } }, { name: "as it is", set: { emission: 4_000, burn: 8_000, stake: 400 } }],
    },
    base: "scenario",
  })
  expect(base.hash).toBe(readScenario(baseline).hash)
  expect(variants[1]).toMatchObject({ name: "as it is", hash: base.hash })
  expect({ baseIndex, duplicates }).toEqual({ baseIndex: 1, duplicates: 0 })
  expect(variants[1]!.checked).toEqual({ ...base })
})

it("a knob with several paths gives all of them the value", () => {
  const { variants, base } = plan({
    knobs: { share: ["agents.home.startActiveShare", "agents.studio.startActiveShare"], days: "calendar.days" },
    design: { kind: "cases", cases: [{ set: { share: 0.25 } }, { set: { share: 0.6, days: 30 } }] },
  })
  const shares = (index: number) =>
    variants[index]!.checked.scenario.agents.flatMap((group) => ("startActiveShare" in group ? [group.startActiveShare] : []))
  expect(shares(0)).toEqual([0.25, 0.25, 0.6])
  expect(variants.map(({ values }) => values)).toEqual([
    { share: 0.25, days: base.scenario.calendar.days },
    { share: 0.6, days: 30 },
  ])
})

it("what is set holds for every variant and for the base, and faults of fragments can be turned", () => {
  const { variants, base } = plan({
    set: { "calendar.days": 45, "agents.home.count": 3 },
    with: [relative(here, resolve("scenarios/faults/region-outage.yaml"))],
    knobs: { until: "faults.0.toDay" },
    design: { kind: "grid", values: { until: [41, 42] } },
  })
  for (const { scenario } of [base, ...variants.map(({ checked }) => checked)]) {
    expect(scenario.calendar.days).toBe(45)
    expect(scenario.agents.find(({ id }) => id === "home")!.count).toBe(3)
  }
  expect(variants.map(({ checked }) => checked.scenario.faults[0]!.toDay)).toEqual([41, 42])
})

describe("formulas", () => {
  it("derive follows the other knobs and where leaves out what it does not hold for", () =>
    fc.assert(
      fc.property(list(3), list(3), fc.integer({ min: 0, max: 10_000 }), (emission, burn, limit) => {
        const kept = emission.flatMap((e) => burn.filter((b) => e + b <= limit).map((b) => ({ emission: e, burn: b, stake: e / 5 })))
        const make = () =>
          plan({
            design: { kind: "grid", values: { emission, burn } },
            derive: { stake: "emission / 5" },
            where: `emission + burn <= ${limit}`,
          })
        if (kept.length === 0) {
          expect(make).toThrow(/where: leaves none of the/)
          return
        }
        const { variants, leftOut } = make()
        expect(variants.map(({ values }) => values)).toEqual(kept)
        expect(leftOut).toBe(emission.length * burn.length - kept.length)
        expect(variants[0]!.checked.scenario.protocols.registry.stakeTokensPerGpu).toBe(
          emission[0] === kept[0]!.emission ? emission[0]! / 5 : kept[0]!.stake,
        )
      }),
      settings,
    ))
})

describe("the base", () => {
  const design = { kind: "grid", values: { emission: [1_000, 2_000], burn: [0, 5_000] } }
  const of = (base: unknown) => {
    const { variants, baseIndex, designed } = plan({ knobs: only("emission", "burn"), design, ...(base === undefined ? {} : { base }) })
    return { values: variants[baseIndex]!.values, designed, count: variants.length }
  }
  it.each([
    ["the first variant", undefined, { emission: 1_000, burn: 0 }, 4],
    ["a variant by the values that matter", { emission: 2_000 }, { emission: 2_000, burn: 0 }, 4],
    ["a further variant, where the design has none such", { emission: 3_000, burn: 1 }, { emission: 3_000, burn: 1 }, 5],
    ["the scenario itself", "scenario", { emission: 4_000, burn: 8_000 }, 5],
  ])("is %s", (_, base, values, count) => expect(of(base)).toEqual({ values, designed: 4, count }))
})

describe("ranges", () => {
  const range = { from: 1, to: 4, whole: true }
  it("whole numbers each have an equal part, duplicates are counted and share their scenario", () => {
    const { variants, duplicates } = plan({
      knobs: { nodes: "agents.whale.count" },
      design: { kind: "sobol", points: 16, ranges: { nodes: range } },
    })
    const count = (value: number) => variants.filter(({ values }) => values["nodes"] === value).length
    expect([1, 2, 3, 4].map(count)).toEqual([4, 4, 4, 4])
    expect(duplicates).toBe(12)
    expect(variants.filter(({ sameAs }) => sameAs === undefined).map(({ hash }) => hash)).toEqual([
      ...new Set(variants.map(({ hash }) => hash)),
    ])
  })

  it("a Latin hypercube has one point in each slice, on a logarithmic scale too", () => {
    const { variants } = plan({
      knobs: only("emission"),
      design: { kind: "latin", points: 8, ranges: { emission: { from: 10, to: 1_000, scale: "log" } } },
    })
    const slices = variants.map(({ values }) => Math.floor((Math.log10(Number(values["emission"])) - 1) * 4))
    expect(slices.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})

describe("designs for sensitivity", () => {
  const ranges = { emission: { from: 100, to: 1_000 }, burn: { from: 0, to: 9_999, whole: true } }

  it("Morris trajectories turn one knob at a time", () => {
    const { variants, designed } = plan({
      knobs: only("emission", "burn"),
      design: { kind: "morris", trajectories: 4, ranges },
      base: "scenario",
    })
    expect({ designed, count: variants.length }).toEqual({ designed: 4 * 3, count: 13 })
    for (let start = 0; start < designed; start += 3)
      for (const place of [start, start + 1]) {
        const changed = ["emission", "burn"].filter((knob) => variants[place]!.values[knob] !== variants[place + 1]!.values[knob])
        expect(changed).toHaveLength(1)
      }
  })

  it.each([
    [false, 4],
    [true, 6],
  ])("Sobol indices (second order %s) have %i variants a point", (secondOrder, count) => {
    const design = { kind: "sensitivity", points: 4, ranges, secondOrder }
    expect(plan({ knobs: only("emission", "burn"), design }).designed).toBe(4 * count)
  })

  it("every point is needed", () =>
    expect(() => plan({ knobs: only("emission", "burn"), design: { kind: "morris", trajectories: 2, ranges }, where: "burn > 1" })).toThrow(
      /where: a design of kind morris needs every point/,
    ))
})

describe("mistakes are told at their place", () => {
  const grid = (values: object) => ({ kind: "grid", values })
  const usual = grid({ emission: [1_000], burn: [0], stake: [400] })
  it.each<readonly [string, object, RegExp]>([
    ["an unknown key", { design: usual, seed: 3 }, /:\d+:1 seed: unknown key; did you mean seeds\?/],
    ["an unknown kind", { design: { kind: "gri" } }, /design\.kind: unknown kind "gri"; did you mean grid\?/],
    [
      "a mistake inside a combination",
      { design: { kind: "concat", designs: [{ kind: "grid", vales: {} }] } },
      /design\.designs\[0\]\.vales: unknown key; did you mean values\?/,
    ],
    [
      "a path that no scenario has",
      { knobs: { ...knobs, emission: "protocols.emissions.tokensPerEpok" }, design: usual },
      /:\d+:\d+ knobs\.emission: protocols\.emissions\.tokensPerEpok: unknown key; did you mean tokensPerEpoch\?/,
    ],
    [
      "a room that no scenario has",
      { knobs: { ...knobs, burn: "protocol.market.burnBps" }, design: usual },
      /knobs\.burn: protocol: unknown key; did you mean protocols\?/,
    ],
    [
      "a group that the scenario has not",
      { knobs: { ...knobs, burn: "agents.hom.count" }, design: usual },
      /knobs\.burn: agents has no item hom; did you mean home\?/,
    ],
    [
      "a path through a number",
      { knobs: { ...knobs, burn: "calendar.days.x" }, design: usual },
      /knobs\.burn: calendar\.days is 90, a single value/,
    ],
    [
      "a protocol that the scenario has not",
      { knobs: { ...knobs, burn: "protocols.lending.aprBps" }, design: usual },
      /knobs\.burn: protocols\.lending\./,
    ],
    [
      "a value that the schema refuses",
      { design: grid({ emission: [1_000], burn: [0, 10_001], stake: [400] }) },
      /design\.values\.burn\[1\]: protocols\.market\.burnBps: got 10001, expected a whole number of basis points, 0 to 10000/,
    ],
    [
      "values that do not fit together",
      { knobs: { quorum: "protocols.oracle.quorum" }, design: grid({ quorum: [5, 2] }) },
      /design\.values\.quorum\[1\]: protocols\.oracle\.quorum: 2 of 7/,
    ],
    [
      "what is set and refused",
      { design: usual, set: { "calendar.days": 0 } },
      /set\.calendar\.days: calendar\.days: got 0, expected a whole number of days/,
    ],
    [
      "a knob of nobody",
      { design: grid({ emission: [1], burn: [0], stake: [1], brn: [1] }) },
      /design\.values\.brn: no knob brn; did you mean burn\?/,
    ],
    ["a knob that nothing turns", { design: grid({ emission: [1], burn: [0] }) }, /knobs\.stake: neither design nor derive sets stake/],
    [
      "a knob that is turned twice",
      { design: { kind: "cross", designs: [usual, grid({ burn: [0] })] } },
      /design\.designs\[1\]\.values\.burn: an earlier design of the cross turns burn already/,
    ],
    [
      "a path that two knobs turn",
      { knobs: { a: knobs.burn, b: knobs.burn }, design: grid({ a: [1], b: [1] }) },
      /knobs\.b: the knob a turns protocols\.market\.burnBps already/,
    ],
    ["seeds as a knob", { knobs: { seeds: "seeds.x" }, design: grid({ seeds: [1] }) }, /no knob: seeds is shared by all variants/],
    [
      "lists of a zip that differ",
      { design: { kind: "zip", values: { emission: [1, 2], burn: [0], stake: [1, 2] } } },
      /design\.values\.burn: 1 values, and emission has 2/,
    ],
    [
      "a range that ends before it begins",
      { knobs: only("burn"), design: { kind: "sobol", points: 4, ranges: { burn: { from: 2, to: 1 } } } },
      /design\.ranges\.burn\.to: the end \(1\) is not above/,
    ],
    [
      "a fraction for a whole number",
      { knobs: only("burn"), design: { kind: "latin", points: 3, ranges: { burn: { from: 0, to: 9 } } } },
      /design\.ranges\.burn: protocols\.market\.burnBps: got .* whole number/,
    ],
    ["a formula with an unknown knob", { design: usual, where: "emision > 1" }, /where: emision is not known here/],
    [
      "a formula without a number",
      { knobs: { ...knobs, days: "calendar.days" }, design: usual, derive: { days: "1 / burn" } },
      /derive\.days: gives no number with emission 1000, burn 0/,
    ],
    [
      "too many variants",
      { design: grid({ emission: [...Array(400).keys()], burn: [...Array(400).keys()], stake: [1] }) },
      /design: 160000 variants; at most 100000/,
    ],
    [
      "an unknown metric",
      { design: usual, outcomes: [{ metric: "pricUsd", window: "end" }] },
      /outcomes\[0\]\.metric: unknown metric "pricUsd"; did you mean priceUsd\?/,
    ],
    ["a missing scenario", { design: usual, scenario: "nowhere.yaml" }, /nowhere\.yaml: no such file/],
  ])("%s", (_, changes, message) => expect(() => plan(changes)).toThrow(message))

  it("all at once, each once", () => {
    const attempt = () =>
      plan({
        knobs: { ...knobs, burn: "protocols.market.burnBp" },
        set: { "agents.hom.count": 3 },
        design: grid({ emission: [1, -1], burn: [0, 1, 2], stake: [-4] }),
      })
    let message = ""
    try {
      attempt()
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.match(/^\S+:\d+:\d+ \S+/gm)!.map((line) => line.split(" ")[1])).toEqual([
      "knobs.burn:",
      "set.agents.hom.count:",
      "design.values.emission[1]:",
      "design.values.stake[0]:",
    ])
  })
})
