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
const settings = { numRuns: 12 }

describe("designs", () => {
  it("a grid has as many variants as the product of its lists, no two with the same values, ids counted, in the same order each time", () =>
    fc.assert(
      fc.property(list(4), list(3), list(2), (emission, burn, stake) => {
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
      fc.property(list(4), list(3), (emission, burn) => {
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
