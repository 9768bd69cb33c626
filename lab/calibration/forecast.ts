import { ln } from "../../sim/maths.ts"
import { mean } from "../../sim/stats/mean.ts"
import { median, quantiles } from "../../sim/stats/quantile.ts"

/** How well one series was predicted in the periods that the fit never saw. */
export interface Forecast {
  readonly series: string
  /** Held-out periods that the data have. */
  readonly periods: number
  /** Mean absolute error of the logarithm: 0.1 is about ten per cent. */
  readonly errors: {
    /** Median of the simulated runs, as they come from the start of the training. */
    readonly simulated: number
    /** The last value of the training, moved by the simulated change since. */
    readonly anchored: number
    /** The last value of the training (random walk). */
    readonly randomWalk: number
    /** The geometric mean of the training. */
    readonly trainingMean: number
  }
  /** Held-out periods that lie within the middle 90 % of the runs. */
  readonly within90: number
  readonly steps: ReadonlyArray<{
    readonly period: string
    readonly actual: number
    readonly simulated: number
    readonly low90: number
    readonly high90: number
    readonly anchored: number
    readonly randomWalk: number
  }>
}

export interface ForecastInput {
  readonly series: string
  readonly labels: ReadonlyArray<string>
  readonly trainingCount: number
  /** One value a period, and the same of every run. */
  readonly data: ReadonlyArray<number>
  readonly runs: ReadonlyArray<ReadonlyArray<number>>
}

/** Knows of the held-out periods only to measure errors: every prediction comes from the training and from the runs. */
export const forecast = ({ series, labels, trainingCount, data, runs }: ForecastInput): Forecast => {
  const training = data.slice(0, trainingCount).filter((value) => value > 0)
  const lastPlace = data.slice(0, trainingCount).findLastIndex((value) => value > 0)
  const last = data[lastPlace] ?? NaN
  const trainingMean = mean(training.map(ln))
  const steps = labels.slice(trainingCount).flatMap((period, index) => {
    const place = trainingCount + index
    const actual = data[place]!
    if (!(actual > 0)) return []
    const [low90 = NaN, simulated = NaN, high90 = NaN] = quantiles(
      runs.map((run) => run[place]!),
      [0.05, 0.5, 0.95],
    )
    const anchored = last * median(runs.map((run) => run[place]! / run[lastPlace]!))
    return [{ period, actual, simulated, low90, high90, anchored, randomWalk: last }]
  })
  const error = (predicted: (step: (typeof steps)[number]) => number) =>
    mean(steps.map((step) => Math.abs(ln(step.actual) - ln(predicted(step)))))
  return {
    series,
    periods: steps.length,
    errors: {
      simulated: error(({ simulated }) => simulated),
      anchored: error(({ anchored }) => anchored),
      randomWalk: error(({ randomWalk }) => randomWalk),
      trainingMean: mean(steps.map(({ actual }) => Math.abs(ln(actual) - trainingMean))),
    },
    within90: steps.filter(({ actual, low90, high90 }) => low90 <= actual && actual <= high90).length,
    steps,
  }
}
