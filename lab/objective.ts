import type { Row } from "../sim/metric.ts"
import type { Objective } from "../sim/scenario.ts"
import { mean } from "../sim/stats/mean.ts"
import { wilson } from "../sim/stats/wilson.ts"

/** One objective, judged over the runs that there are. */
export interface Judgement extends Objective {
  readonly passes: number
  readonly runs: number
  /** 95 % interval of the probability behind `passes` of `runs`. */
  readonly low: number
  readonly high: number
  readonly verdict: "meets" | "fails" | "undecided"
}

/** Meets or fails only when the whole interval lies on one side of the wanted probability. */
export const judge = (objective: Objective, runs: ReadonlyArray<ReadonlyArray<Row>>): Judgement => {
  const passes = runs.filter((rows) => isSatisfied(objective, rows)).length
  const { low, high } = wilson(passes, runs.length)
  const verdict = low >= objective.probability ? "meets" : high < objective.probability ? "fails" : "undecided"
  return { ...objective, passes, runs: runs.length, low, high, verdict }
}

/** A run in which the metric has no value does not satisfy anything. */
const isSatisfied = ({ op, value, ...outcome }: Objective, rows: ReadonlyArray<Row>): boolean => {
  const number = reached(outcome, rows)
  return op === ">=" ? number >= value : number <= value
}

/** What a metric comes to over a window of a run, a family by its total; NaN where it has no value in any tick. */
export const reached = ({ metric, window }: Pick<Objective, "metric" | "window">, rows: ReadonlyArray<Row>): number => {
  const values = rows.map((row) => row[metric] ?? row[`${metric}.all`] ?? NaN).filter((x) => !Number.isNaN(x))
  return values.length === 0 ? NaN : windows[window](values)
}

const windows: Readonly<Record<Objective["window"], (values: ReadonlyArray<number>) => number>> = {
  end: (values) => values.at(-1)!,
  mean,
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
}
