import { exp, ln } from "../../sim/maths.ts"
import { mean } from "../../sim/stats/mean.ts"
import { median } from "../../sim/stats/quantile.ts"

/**
 * A statistic of a series, as a function of elements of which each belongs to one period, so that a bootstrap can draw periods again.
 * A period without a value, or without the value before it, has no element where the statistic needs one.
 */
export interface Statistic {
  readonly description: string
  readonly elements: (values: ReadonlyArray<number>) => ReadonlyArray<Element | undefined>
  readonly of: (elements: ReadonlyArray<Element>) => number
}

type Element = ReadonlyArray<number>

const levels = (values: ReadonlyArray<number>) => values.map((value) => (Number.isFinite(value) ? [value] : undefined))
/** Nothing has a logarithm of nothing: a period of zero has no element. */
const logs = (values: ReadonlyArray<number>) => values.map((value) => (value > 0 ? [ln(value)] : undefined))
const timedLogs = (values: ReadonlyArray<number>) => logs(values).map((element, time) => element && [time, ...element])
const changes = (values: ReadonlyArray<number>) => pairs(logs(values)).map((pair) => pair && [pair[1]! - pair[0]!])
const pairs = (elements: ReadonlyArray<Element | undefined>): ReadonlyArray<Element | undefined> =>
  elements.map((element, time) => {
    const before = elements[time - 1]
    return element && before && [before[0]!, element[0]!]
  })

const first = (elements: ReadonlyArray<Element>): ReadonlyArray<number> => elements.map(([value]) => value!)
const second = (elements: ReadonlyArray<Element>): ReadonlyArray<number> => elements.map(([, value]) => value!)
const sd = (values: ReadonlyArray<number>): number => Math.sqrt(product(values, values) / (values.length - 1))
/** Sum of the products of the deviations from the means. */
const product = (a: ReadonlyArray<number>, b: ReadonlyArray<number>): number => {
  const [meanA, meanB] = [mean(a), mean(b)]
  return a.reduce((sum, value, index) => sum + (value - meanA) * (b[index]! - meanB), 0)
}
const correlation = (elements: ReadonlyArray<Element>): number => {
  const [a, b] = [first(elements), second(elements)]
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

export const statistics = {
  mean: { description: "mean", elements: levels, of: (elements) => mean(first(elements)) },
  median: { description: "median", elements: levels, of: (elements) => median(first(elements)) },
  sd: { description: "standard deviation", elements: levels, of: (elements) => sd(first(elements)) },
  autocorrelation: {
    description: "correlation with the period before",
    elements: (values) => pairs(levels(values)),
    of: correlation,
  },
  meanLog: { description: "mean of the logarithm", elements: logs, of: (elements) => mean(first(elements)) },
  sdLog: { description: "standard deviation of the logarithm", elements: logs, of: (elements) => sd(first(elements)) },
  autocorrelationLog: {
    description: "correlation of the logarithm with the period before",
    elements: (values) => pairs(logs(values)),
    of: correlation,
  },
  growth: {
    description: "slope of the logarithm over time, per period (least squares)",
    elements: timedLogs,
    of: (elements) => product(first(elements), second(elements)) / product(first(elements), first(elements)),
  },
  meanLogChange: { description: "mean change of the logarithm", elements: changes, of: (elements) => mean(first(elements)) },
  sdLogChange: {
    description: "standard deviation of the change of the logarithm",
    elements: changes,
    of: (elements) => sd(first(elements)),
  },
  end: {
    description: "last value",
    // The first value and the changes since, so that a bootstrap moves the end and not only the window.
    elements: (values) => {
      const present = logs(values)
      const start = present.find((element) => element !== undefined)?.[0] ?? NaN
      let before = start
      return present.map((element) => {
        if (element === undefined) return undefined
        const change = element[0]! - before
        before = element[0]!
        return [start, change]
      })
    },
    of: (elements) => exp((elements[0]?.[0] ?? NaN) + second(elements).reduce((sum, change) => sum + change, 0)),
  },
} satisfies Readonly<Record<string, Statistic>>

export type StatisticName = keyof typeof statistics

const present = (elements: ReadonlyArray<Element | undefined>): ReadonlyArray<Element> =>
  elements.filter((element) => element !== undefined)

/** NaN where there are too few values. */
export const statisticOf = (name: StatisticName, values: ReadonlyArray<number>): number => {
  const { elements, of }: Statistic = statistics[name]
  return of(present(elements(values)))
}

/** The statistic of the same series with its periods drawn again. */
export const resampled = (name: StatisticName, values: ReadonlyArray<number>): ((places: ReadonlyArray<number>) => number) => {
  const { elements, of }: Statistic = statistics[name]
  const all = elements(values)
  return (places) => of(present(places.map((place) => all[place])))
}
