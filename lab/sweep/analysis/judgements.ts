import type { SweepData } from "../../../reports/sweepData.ts"
import { metricOf } from "../../../sim/metric.ts"
import { metrics } from "../../../sim/metrics/index.ts"
import type { Objective } from "../../../sim/scenario.ts"
import { wilson } from "../../../sim/stats/wilson.ts"
import { outcomeId } from "../sweepFile.ts"
import type { OutcomeTable } from "../outcomeTable.ts"
import { valuesOf } from "./valuesOf.ts"

type Judged = SweepData["admissible"][number]

/** Each objective at each variant: passes, Wilson's 95 % interval of the probability behind them, and the verdict. */
export const judgedObjectives = (
  objectives: ReadonlyArray<Objective>,
  table: OutcomeTable,
  variants: ReadonlyArray<number>,
): SweepData["objectives"] =>
  objectives.map((objective) => {
    const metric = metricOf(metrics, objective.metric)
    return {
      ...objective,
      label: metric?.label ?? objective.metric,
      unit: metric?.unit ?? "",
      byVariant: variants.map((variant) => judged(passesOf(objective, table, variant), objective.probability)),
    }
  })

/**
 * All objectives together: the probability that one run meets all, and whether the setting is admissible, which it is where every objective is met
 * and is not where one fails.
 */
export const admissibility = (
  objectives: ReadonlyArray<Objective>,
  table: OutcomeTable,
  judgedAt: SweepData["objectives"],
  variants: ReadonlyArray<number>,
): ReadonlyArray<Judged> => {
  if (objectives.length === 0) return []
  return variants.map((variant, place) => {
    const passes = objectives.map((objective) => passesOf(objective, table, variant))
    const together = passes[0]!.map((_, run) => passes.every((ofObjective) => ofObjective[run]!))
    const verdicts = new Set(judgedAt.map(({ byVariant }) => byVariant[place]!.verdict))
    const verdict = verdicts.has("fails") ? "fails" : verdicts.has("undecided") ? "undecided" : "meets"
    return { ...judged(together, 1), verdict }
  })
}

/** Of each run that did not fail. A run in which the metric has no value meets nothing. */
const passesOf = (objective: Objective, table: OutcomeTable, variant: number): ReadonlyArray<boolean> => {
  const values = valuesOf(table, outcomeId(objective), variant)
  return table.runs[variant]!.flatMap((run, seed) =>
    run === null ? [] : [objective.op === ">=" ? values[seed]! >= objective.value : values[seed]! <= objective.value],
  )
}

/** Meets or fails only where the whole interval lies on one side of the wanted probability. */
const judged = (passed: ReadonlyArray<boolean>, probability: number): Judged => {
  const passes = passed.filter(Boolean).length
  const { low, high } = wilson(passes, passed.length)
  const verdict = low >= probability ? "meets" : high < probability ? "fails" : "undecided"
  return { passes, runs: passed.length, low, high, verdict }
}
