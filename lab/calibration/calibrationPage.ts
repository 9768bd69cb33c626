import { unixSeconds } from "../../sim/clock.ts"
import { metricOf } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"
import type { Calibration as Page } from "../../reports/reportData.ts"
import type { CalibrationResult } from "./calibrate.ts"
import type { Calibration } from "./calibrationFile.ts"
import type { DataTable } from "./dataTable.ts"

/** What the page shows of a calibration. */
export const calibrationPage = (
  { spec, scenario, parameters, periods, trainingCount }: Calibration,
  { values }: DataTable,
  { estimates, forecasts, simulated }: CalibrationResult,
): Page => {
  const start = unixSeconds(scenario.scenario.calendar.start)
  return {
    estimates: estimates.map(({ path, estimate, low, high }, index) => ({
      path,
      estimate,
      low,
      high,
      lowerBound: parameters[index]!.low,
      upperBound: parameters[index]!.high,
    })),
    series: spec.series.map(({ id, metric, of }) => {
      const { label, unit } = metricOf(metrics, metric)!
      const { steps: _, series: __, ...forecast } = forecasts.find(({ series }) => series === id) ?? { steps: [], series: id }
      return {
        id,
        label: of === "flow" ? `${label}, a day` : label,
        unit: of === "flow" ? `${unit}/day` : unit,
        periods: periods.map(({ label: period, fromSeconds, days }, index) => {
          const fromDay = (fromSeconds - start) / SECONDS_PER_DAY
          return { label: period, fromDay, toDay: fromDay + days, data: finite(values.get(id)![index]!) }
        }),
        trainingCount,
        runs: simulated.get(id)!.map((run) => run.map(finite)),
        ...("errors" in forecast ? { errors: { ...forecast.errors, periods: forecast.periods, within90: forecast.within90 } } : {}),
      }
    }),
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
