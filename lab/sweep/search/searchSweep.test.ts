import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { Effect } from "effect"
import { expect, onTestFinished, test } from "vitest"
import { stream } from "../../../sim/rng.ts"
import { packageFile } from "../../packageRoot.ts"
import { readScenario } from "../../scenarioFile.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { planSweep, type SweepPlan } from "../variants.ts"
import { planCounts, planText } from "../planText.ts"
import { type AttackDesign, type SearchDesign, searchSweep } from "./searchSweep.ts"

const planOf = (scenario: string, lines: string): SweepPlan => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-search-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, "sweep.yaml")
  writeFileSync(path, `name: s\nquestion: q\nscenario: ${relative(folder, packageFile("scenarios", scenario))}\nseeds: 4\n${lines}`)
  return planSweep(path)
}

const maker: OutcomeTable["maker"] = { depinlab: "0", code: "c", node: "v24", anvil: "1", anvilSha256: "s", solc: "0.8", contracts: {} }

/** A closed form in the place of the runs, with seeds as noise that all settings share. */
const answered = (response: (values: Readonly<Record<string, unknown>>, metric: string) => number, noise = 0) => {
  const executed: Array<number> = []
  const execute = (plan: SweepPlan): Effect.Effect<OutcomeTable> =>
    Effect.sync(() => {
      executed.push(plan.variants.length)
      const metrics = ["adversaryProfitUsd", ...plan.base.scenario.objectives.map(({ metric }) => metric)]
      const outcomes = metrics.map((metric) => ({
        metric,
        window: plan.base.scenario.objectives.find((objective) => objective.metric === metric)?.window ?? ("end" as const),
      }))
      return {
        outcomes,
        values: Object.fromEntries(
          outcomes.map(({ metric, window }) => [
            `${metric}.${window}`,
            plan.variants.map(({ values }) =>
              Float64Array.from(plan.seeds, (seed) => response(values, metric) + noise * stream(seed, metric).normal()),
            ),
          ]),
        ),
        runs: plan.variants.map(() => plan.seeds.map(() => "run")),
        failures: [],
        maker,
      }
    })
  return { execute, executed }
}

test("a search without objectives is refused at its place, and a plan says what it may spend", () => {
  const lines =
    "knobs: { emission: protocols.emissions.tokensPerEpoch }\ndesign: { kind: search, budget: 120, ranges: { emission: { from: 100, to: 10000 } } }\nbase: scenario\n"
  expect(() => planOf("baseline.yaml", `${lines}objectives: []\n`)).toThrow(/design\.kind: a search needs objectives/)
  const plan = planOf("baseline.yaml", lines)
  expect(planCounts(plan).runs).toBe(120)
  expect(planText(plan)).toContain("at most 120 runs")
})

test("a search meets the objectives within its budget, and repeats itself", async () => {
  const plan = planOf(
    "baseline.yaml",
    "knobs: { emission: protocols.emissions.tokensPerEpoch, burn: protocols.market.burnBps }\ndesign: { kind: search, budget: 400, ranges: { emission: { from: 100, to: 10000, scale: log }, burn: { from: 0, to: 10000, whole: true } } }\nbase: scenario\n",
  )
  // Admissible only where the emission is near 3000 and the burn near 7000: both outcomes are distances from there.
  const { execute, executed } = answered(({ emission, burn }, metric) => {
    const away = Math.abs(Math.log(Number(emission) / 3000)) + Math.abs(Number(burn) / 7000 - 1)
    return metric === "supplyTokens" ? 12_600_000 + 1e6 * (away - 0.2) : 1 - away
  }, 0.001)
  const run = () => Effect.runPromise(searchSweep(plan, plan.sweep.design as SearchDesign, execute))
  const { found, plan: tried } = await run()
  expect(tried.variants.length * plan.seeds.length).toBeLessThanOrEqual(400)
  const best = found.search!.steps.find(({ variant }) => variant === found.search!.best)!
  expect(best.score).toBeLessThan(0)
  expect(Number(tried.variants[found.search!.best!]!.values["emission"])).toBeGreaterThan(2000)
  expect(Number(tried.variants[found.search!.best!]!.values["emission"])).toBeLessThan(4000)
  const once = executed.length
  expect((await run()).found).toEqual(found)
  expect(executed.slice(once)).toEqual(executed.slice(0, once))
})

test("an attack is the cheapest that pays with its whole interval, or none", async () => {
  const lines =
    "knobs: { money: agents.washer.budgetUsd, start: agents.washer.startDay }\ndesign: { kind: attack, budget: 400, cost: money, budgetUsd: 20000, ranges: { money: { from: 100, to: 40000, scale: log }, start: { from: 0, to: 60, whole: true } } }\nbase: scenario\n"
  const plan = planOf("wash-jobs-paid.yaml", lines)
  // Pays above 2000 dollars, the sooner the better.
  const pays = answered(({ money, start }) => (Number(money) - 2000) / 10 - 20 * Number(start), 1)
  const { found, plan: tried } = await Effect.runPromise(searchSweep(plan, plan.sweep.design as AttackDesign, pays.execute))
  expect(found.attack).toMatchObject({ found: true, profit: "adversaryProfitUsd.end" })
  const money = Number(tried.variants[found.attack!.best!]!.values["money"])
  expect(money).toBeGreaterThan(2000)
  expect(money).toBeLessThan(6000)
  const replay = join(mkdtempSync(join(tmpdir(), "depinlab-attack-")), "attack.yaml")
  onTestFinished(() => rmSync(dirname(replay), { recursive: true }))
  writeFileSync(replay, found.attack!.scenario!)
  expect(readScenario(replay).hash).toBe(tried.variants[found.attack!.best!]!.checked.hash)
  const loses = answered(() => -5, 1)
  expect((await Effect.runPromise(searchSweep(plan, plan.sweep.design as AttackDesign, loses.execute))).found.attack!.found).toBe(false)
})
