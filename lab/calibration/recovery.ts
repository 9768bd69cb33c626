import type { Row } from "../../sim/metric.ts"
import type { CheckedScenario } from "../scenarioFile.ts"
import type { Calibration } from "./calibrationFile.ts"
import { tableText } from "./dataTable.ts"
import type { Estimate } from "./estimate.ts"
import { ownValue, withParameters } from "./parameter.ts"
import { daysFor, simulatedSeries } from "./simulatedSeries.ts"

/** The scenario with its own values, as long as the data: what makes data whose parameters are known. */
export const trueScenario = ({ scenario, periods }: Calibration): CheckedScenario =>
  withParameters(scenario, [], [], daysFor(scenario.scenario.calendar, periods))

/** A run as the file that would have been observed. */
export const observed = ({ spec, scenario, periods }: Calibration, rows: ReadonlyArray<Row>, seed: string): string => {
  const values = new Map(spec.series.map((series) => [series.id, simulatedSeries(rows, scenario.scenario.calendar, periods, series)]))
  return tableText(spec, { periods, values }, `made by lab calibrate --recover: ${scenario.scenario.name}, seed ${seed}`)
}

/** An estimate from data whose truth is known. */
export interface Recovered extends Estimate {
  readonly truth: number
  readonly isInside: boolean
}

export const recovered = ({ scenario, parameters }: Calibration, estimates: ReadonlyArray<Estimate>): ReadonlyArray<Recovered> =>
  estimates.map((estimate, index) => {
    const truth = ownValue(scenario.scenario, parameters[index]!)
    return { ...estimate, truth, isInside: estimate.low <= truth && truth <= estimate.high }
  })
