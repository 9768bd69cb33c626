import type { SweepData } from "../../../reports/sweepData.ts"
import { metricOf } from "../../../sim/metric.ts"
import { metrics } from "../../../sim/metrics/index.ts"
import { stoppingGuarantee, stoppingState } from "../../../sim/stats/stoppingRule.ts"
import { modelLimits } from "../../modelLimits.ts"
import { describeScenario, provenanceOf } from "../../reportOf.ts"
import { outcomeId, pathsOf, type Sweep } from "../sweepFile.ts"
import type { SweepPlan, Variant } from "../variants.ts"
import { differenceOf, estimateOf, known } from "./estimates.ts"
import { admissibility, judgedObjectives } from "./judgements.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { valuesOf } from "./valuesOf.ts"
import { type Goal, paretoFront } from "./paretoFront.ts"
import { type BlockDesign, sensitivityOf } from "./sensitivity.ts"

/** What adaptive designs found besides the numbers of their variants. */
export type Found = Pick<SweepData, "search" | "attack">

/** Above so many numbers the values of single runs are left to the data files. */
const valuesMax = 100_000

/**
 * The summary of a sweep: what its page shows and its result file holds. A function of the plan and the numbers alone, in the order of the plan, so
 * that it is the same however and wherever the runs were executed. `variants` are the plan's, or those that an adaptive design has asked for.
 */
export const summarise = (
  plan: SweepPlan,
  table: OutcomeTable,
  found: Found = {},
  variants: ReadonlyArray<Variant> = plan.variants,
): SweepData => {
  const { sweep, base, seeds, baseIndex } = plan
  const { objectives } = base.scenario
  const places = variants.map(({ index }) => index)
  const outcomes = table.outcomes.map(outcomeId)
  const judged = judgedObjectives(objectives, table, places)
  const goals = found.search?.goals ?? goalsOf(plan)
  const means = places.map((variant) => goals.map(({ outcome }) => estimateOf(table, outcome, variant).mean ?? NaN))
  return {
    version: 1,
    kind: "sweep",
    title: sweep.name,
    question: sweep.question,
    design: sweep.design.kind,
    scenario: describeScenario(base.scenario, base.hash),
    seeds: seedsShown(seeds, table),
    knobs: Object.entries(sweep.knobs).map(([id, paths]) => ({ id, label: labelOf(sweep, id), paths: pathsOf(paths) })),
    outcomes: table.outcomes.map(({ metric, window }) => {
      const { label = metric, unit = "", description = "" } = metricOf(metrics, metric) ?? {}
      return { id: `${metric}.${window}`, metric, window, label, unit, description }
    }),
    variants: variants.map(({ index, name, values, hash }) => ({
      index,
      ...(name === undefined ? {} : { name }),
      values,
      hash,
      runs: table.runs[index]!,
      failed: table.runs[index]!.filter((run) => run === null).length,
    })),
    base: baseIndex,
    estimates: byOutcome(outcomes, (outcome) => places.map((variant) => estimateIn(plan, table, outcome, variant))),
    differences: byOutcome(outcomes, (outcome) => places.map((variant) => differenceOf(table, outcome, variant, baseIndex))),
    ...(outcomes.length * table.runs.flat().length <= valuesMax
      ? { values: byOutcome(outcomes, (outcome) => places.map((variant) => valuesOf(table, outcome, variant).map(known))) }
      : {}),
    objectives: judged,
    admissible: admissibility(objectives, table, judged, places),
    ...(goals.length > 1
      ? {
          front: {
            objectives: goals,
            variants: paretoFront(
              goals.map(({ goal }) => goal),
              means,
            ),
          },
        }
      : {}),
    ...(isBlockDesign(sweep.design) ? { sensitivity: sensitivityOf(sweep.design, table, outcomes) } : {}),
    ...found,
    failures: table.failures,
    provenance: provenanceOf([{ maker: table.maker, catalogue: catalogueLists(plan) }]),
    limits: [...(sweep.until === undefined ? [] : [`Intervals of ${sweep.until.outcome}: ${stoppingGuarantee}.`]), ...modelLimits],
  }
}

/** Of the outcome that decided when to stop the interval is the one that may be looked at after every run. */
const estimateIn = ({ sweep: { until } }: SweepPlan, table: OutcomeTable, outcome: string, variant: number) => {
  const estimate = estimateOf(table, outcome, variant)
  if (until?.outcome !== outcome) return estimate
  const { low, high } = stoppingState(until, valuesOf(table, outcome, variant).filter(Number.isFinite)).interval
  return { ...estimate, low: known(low), high: known(high) }
}

/** Each outcome that an objective is about is to be as the objective wants it, large or small; one that they pull both ways has no goal. */
export const goalsOf = ({ base }: Pick<SweepPlan, "base">): ReadonlyArray<Goal> => {
  const wanted = new Map<string, Set<Goal["goal"]>>()
  for (const objective of base.scenario.objectives) {
    const id = outcomeId(objective)
    wanted.set(id, (wanted.get(id) ?? new Set()).add(objective.op === ">=" ? "max" : "min"))
  }
  return [...wanted].flatMap(([outcome, goals]) => (goals.size === 1 ? [{ outcome, goal: [...goals][0]! }] : []))
}

const byOutcome = <A>(outcomes: ReadonlyArray<string>, of: (outcome: string) => A): Readonly<Record<string, A>> =>
  Object.fromEntries(outcomes.map((outcome) => [outcome, of(outcome)]))

/** As many as the variant with most: sequential stopping adds seeds. */
const seedsShown = (seeds: ReadonlyArray<string>, { runs }: OutcomeTable): ReadonlyArray<string> =>
  Array.from({ length: Math.max(seeds.length, ...runs.map(({ length }) => length)) }, (_, index) => seeds[index] ?? String(index + 1))

const labelOf = ({ knobs }: Sweep, id: string): string => pathsOf(knobs[id]!)[0]!.split(".").slice(-2).join(" ")

const isBlockDesign = (design: { readonly kind: string }): design is BlockDesign =>
  design.kind === "morris" || design.kind === "sensitivity"

const catalogueLists = ({ base: { catalogue } }: SweepPlan) => ({
  gpus: [...catalogue.gpus.values()],
  clouds: [...catalogue.clouds.values()],
  energies: [...catalogue.energies.values()],
})
