import { Effect } from "effect"
import { stringify } from "yaml"
import type { SweepData } from "../../../reports/sweepData.ts"
import type { Objective } from "../../../sim/scenario.ts"
import { evolutionStrategy, populationOf } from "../../../sim/sampling/evolutionStrategy.ts"
import { variance } from "../../../sim/stats/mean.ts"
import { quantile } from "../../../sim/stats/quantile.ts"
import type { ScenarioInvalid } from "../../dataFile.ts"
import { attempt } from "../../experiment.ts"
import { estimateOf, known } from "../analysis/estimates.ts"
import { type Found, goalsOf } from "../analysis/summarise.ts"
import { valuesOf } from "../analysis/valuesOf.ts"
import { pointsOfCube, type Ranges } from "../designs/range.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { type Outcome, outcomeId } from "../sweepFile.ts"
import type { SweepPlan, Variant } from "../variants.ts"

interface Adaptive {
  readonly budget: number
  readonly ranges: Ranges
  readonly seed: string
}
export type SearchDesign = Adaptive & { readonly kind: "search" }
export type AttackDesign = Adaptive & {
  readonly kind: "attack"
  readonly profit: Outcome
  readonly cost: string
  readonly budgetUsd: number
}

export interface Searched {
  /** With every setting that was tried, so that the page shows them like those of any sweep. */
  readonly plan: SweepPlan
  readonly table: OutcomeTable
  readonly found: Found
}

type Score = (table: OutcomeTable, variant: Variant) => number

/**
 * Generation after generation of settings, all with the same seeds, until the next one could exceed the budget of runs. `execute` runs what of a
 * plan is not finished. Stopped and begun again the search asks for the same settings, whose finished runs are not executed again. A setting that
 * comes again, as whole numbers do, costs nothing.
 */
export const searchSweep = <E>(
  plan: SweepPlan,
  design: SearchDesign | AttackDesign,
  execute: (plan: SweepPlan) => Effect.Effect<OutcomeTable, E>,
): Effect.Effect<Searched, E | ScenarioInvalid> =>
  Effect.gen(function* () {
    const dimensions = Object.keys(design.ranges).length
    const strategy = evolutionStrategy(dimensions, design.seed)
    const population = populationOf(dimensions)
    const variants: Array<Variant> = [...plan.variants]
    const tried = new Map<string, Variant>()
    const steps: Array<{ readonly variant: number; readonly generation: number }> = []
    let table = yield* execute({ ...plan, variants })
    let score: Score | undefined
    // What comes again is free: without this bound, a search of few whole numbers would never end.
    const generationsMax = design.budget / (population * plan.seeds.length)
    for (
      let generation = 0;
      generation < generationsMax && (variants.length + population) * plan.seeds.length <= design.budget;
      generation++
    ) {
      const asked: Array<Variant> = []
      for (const { values } of pointsOfCube(design, strategy.ask())) {
        const key = JSON.stringify(values)
        if (!tried.has(key)) {
          const variant = yield* attempt<ScenarioInvalid, Variant>(() => plan.variantOf(values, variants.length))
          tried.set(key, variant)
          variants.push(variant)
        }
        asked.push(tried.get(key)!)
      }
      const reached = yield* execute({ ...plan, variants })
      const rate = score ?? (design.kind === "attack" ? attackScore(design) : shortfallScore(plan.base.scenario.objectives, reached))
      strategy.tell(asked.map((variant) => rate(reached, variant)))
      steps.push(...asked.map(({ index }) => ({ variant: index, generation })))
      score = rate
      table = reached
    }
    return { plan: { ...plan, variants }, table, found: foundOf(plan, design, variants, table, steps, score) }
  })

/**
 * How far a setting is from what the objectives want: the worst shortfall of them, in standard deviations of that outcome over the first generation.
 * An objective wants a share of runs on one side of its value, so the quantile of that share is what is compared. Below 0 all are met, and the
 * search goes on for the widest margin.
 */
export const shortfallScore = (objectives: ReadonlyArray<Objective>, first: OutcomeTable): Score => {
  const scales = objectives.map((objective) => {
    const all = first.runs.flatMap((_, variant) => valuesOf(first, outcomeId(objective), variant)).filter(Number.isFinite)
    return Math.sqrt(variance(all)) || Math.abs(objective.value) || 1
  })
  return (table, { index }) =>
    Math.max(
      ...objectives.map((objective, i) => {
        const { op, value, probability } = objective
        const values = valuesOf(table, outcomeId(objective), index).filter(Number.isFinite)
        const reached = quantile(values, op === ">=" ? 1 - probability : probability)
        return (op === ">=" ? value - reached : reached - value) / scales[i]!
      }),
    )
}

/**
 * Of an attack that loses, or may lose by its 95 % interval, what it lacks to profit, as a share of the attacker's money: above 0. Of one that pays,
 * its cost less all that money, as such a share: below 0. The least is the cheapest attack that pays.
 */
export const attackScore =
  ({ profit, cost, budgetUsd }: Pick<AttackDesign, "profit" | "cost" | "budgetUsd">): Score =>
  (table, { index, values }) => {
    const { low, mean } = estimateOf(table, outcomeId(profit), index)
    const certain = low ?? mean ?? NaN
    const spent = Number(values[cost])
    if (spent > budgetUsd) return spent / budgetUsd
    return certain > 0 ? spent / budgetUsd - 1 : -certain / budgetUsd
  }

const foundOf = (
  plan: SweepPlan,
  design: SearchDesign | AttackDesign,
  variants: ReadonlyArray<Variant>,
  table: OutcomeTable,
  steps: ReadonlyArray<{ readonly variant: number; readonly generation: number }>,
  score: Score | undefined,
): Found => {
  const scores = variants.map((variant) => score?.(table, variant) ?? NaN)
  const rated = [...new Set(steps.map(({ variant }) => variant))].filter((variant) => Number.isFinite(scores[variant]))
  const best = rated.reduce<number | null>((top, variant) => (top === null || scores[variant]! < scores[top]! ? variant : top), null)
  const search: SweepData["search"] = {
    method: "CMA-ES, matrix adaptation (Beyer and Sendhoff 2017)",
    goals: design.kind === "attack" ? [{ outcome: outcomeId(design.profit), goal: "max" }] : goalsOf(plan),
    budgetRuns: design.budget,
    steps: steps.map((step) => ({ ...step, score: known(scores[step.variant]!) })),
    best,
  }
  if (design.kind === "search") return { search }
  const { budgetUsd } = design
  const attack = { attacker: plan.sweep.name, profit: outcomeId(design.profit), budgetUsd, found: false, best }
  if (best === null || scores[best]! >= 0) return { search, attack }
  return { search, attack: { ...attack, found: true, scenario: stringify(variants[best]!.checked.scenario) } }
}
