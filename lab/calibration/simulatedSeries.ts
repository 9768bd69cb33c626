import { type Calendar, unixSeconds } from "../../sim/clock.ts"
import { metricOf, type Row } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { mean } from "../../sim/stats/mean.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"
import type { Series } from "./calibrationFile.ts"
import type { Period } from "./period.ts"

/** What a run has for each period, in the words of the data. */
export const simulatedSeries = (
  rows: ReadonlyArray<Row>,
  { start, ticksPerDay }: Calendar,
  periods: ReadonlyArray<Period>,
  { metric, of }: Series,
): ReadonlyArray<number> => {
  const column = rows.map((row) => row[metric] ?? row[`${metric}.all`] ?? NaN)
  const isSum = metricOf(metrics, metric)!.daily === "sum"
  return periods.map(({ fromSeconds, days }) => {
    const from = ((fromSeconds - unixSeconds(start)) / SECONDS_PER_DAY) * ticksPerDay
    const values = column.slice(from, from + days * ticksPerDay)
    const present = values.filter((value) => !Number.isNaN(value))
    switch (of) {
      case "mean":
        return mean(present)
      case "last":
        return present.at(-1) ?? NaN
      case "flow":
        if (isSum) return present.reduce((sum, value) => sum + value, 0) / days
        // A count since the start. Before the first tick nothing has been counted.
        return ((values.at(-1) ?? NaN) - (from === 0 ? 0 : column[from - 1]!)) / days
    }
  })
}

/** Days that a run needs to reach the end of these periods. */
export const daysFor = ({ start }: Calendar, periods: ReadonlyArray<Period>): number => {
  const { fromSeconds, days } = periods.at(-1)!
  return (fromSeconds - unixSeconds(start)) / SECONDS_PER_DAY + days
}
