import { number } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import type { Fan } from "../figure.ts"
import type { Calibration } from "../reportData.ts"
import type { SeedSeries } from "../report.ts"
import { quantiles } from "../../sim/stats/quantile.ts"

type Series = Calibration["series"][number]

/** The calibrated runs beside the data: what was fitted, and what was predicted. */
export const calibrationFit: ChartMaker = (report) => {
  const { calibration } = report.data
  if (calibration === undefined) return undefined
  const seeds = report.data.runs.map(({ seed }) => seed)
  const header = ["Series", "Period", "Part", "Data", "5 %", "Median", "95 %", "Last value"]
  const rows = calibration.series.flatMap((series) =>
    series.periods.map(({ label, data }, index) => {
      const isTraining = index < series.trainingCount
      const values = quantiles(valuesAt(series, index), [0.05, 0.5, 0.95])
      return [series.label, label, isTraining ? "fitted" : "held out", data ?? NaN, ...values, isTraining ? NaN : lastValue(series)]
    }),
  )
  return {
    id: "calibration-fit",
    title: "Do the calibrated runs do what the data do?",
    reading: read(calibration),
    caption:
      "Dots: data, one a period. Lines: median of the runs; dark band: half of the runs, light band: 90 %. Logarithmic axes. " +
      "Shaded: periods that the fit did not see; the level line there is the last value before them (a random walk).",
    legend: [
      { label: "Calibrated runs", style: 0 },
      { label: "Last value", style: 1 },
    ],
    figures: calibration.series.map((series) => figure(series, seeds, report.days)),
    table: { header, rows },
    download: { header, rows },
  }
}

const read = ({ series }: Calibration): string => {
  const said = series.flatMap(({ label, errors }) =>
    errors === undefined ? [] : [`${label}: ${number(errors.simulated)} against ${number(errors.randomWalk)}`],
  )
  if (said.length === 0) return "Nothing was held out."
  return `Mean absolute error of the logarithm over ${series[0]?.errors?.periods} held-out periods, runs against last value. ${said.join("; ")}.`
}

const figure = (series: Series, seeds: ReadonlyArray<string>, days: number): Fan => {
  const { label, unit, periods, trainingCount, runs } = series
  const perDay = (of: (index: number) => number): ReadonlyArray<number> => {
    const values = Array.from({ length: days }, () => NaN)
    periods.forEach(({ fromDay, toDay }, index) => {
      const value = of(index)
      for (let day = fromDay; day < toDay; day++) values[day] = value > 0 ? value : NaN
    })
    return values
  }
  const share = (p: number) => perDay((index) => quantiles(valuesAt(series, index), [p])[0] ?? NaN)
  const held = periods.slice(trainingCount)
  const singles = runs.map((run, index): SeedSeries => ({ seed: seeds[index] ?? "", values: perDay((period) => run[period] ?? NaN) }))
  return {
    kind: "fan",
    heading: label,
    unit,
    isChange: false,
    days,
    isLog: true,
    lines: [
      {
        label: "Calibrated runs",
        style: 0,
        centre: share(0.5),
        bands: [
          { low: share(0.05), high: share(0.95) },
          { low: share(0.25), high: share(0.75) },
        ],
        runs: singles,
        showsRuns: false,
      },
      {
        label: "Last value",
        style: 1,
        centre: perDay((index) => (index < trainingCount ? NaN : lastValue(series))),
        bands: [],
        runs: [],
        showsRuns: false,
      },
    ],
    points: periods.flatMap(({ fromDay, toDay, data }) =>
      data !== null && data > 0 ? [{ day: (fromDay + toDay + 1) / 2, value: data }] : [],
    ),
    shocks: held.length === 0 ? [] : [{ label: "held out", fromDay: held[0]!.fromDay, toDay: held.at(-1)!.toDay }],
  }
}

const valuesAt = ({ runs }: Series, index: number): ReadonlyArray<number> => runs.map((run) => run[index] ?? NaN)

const lastValue = ({ periods, trainingCount }: Series): number =>
  periods.slice(0, trainingCount).findLast(({ data }) => data !== null && data > 0)?.data ?? NaN
