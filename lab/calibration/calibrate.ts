import { Effect, Schema } from "effect"
import type { Row } from "../../sim/metric.ts"
import { mean } from "../../sim/stats/mean.ts"
import type { CheckedScenario } from "../scenarioFile.ts"
import { seedNames } from "../seedNames.ts"
import { blockBootstrap } from "./blockBootstrap.ts"
import { type Calibration, momentName } from "./calibrationFile.ts"
import type { DataTable } from "./dataTable.ts"
import { covariance, type Estimate, estimates, mostAlike } from "./estimate.ts"
import { type Forecast, forecast } from "./forecast.ts"
import { distance, leastSquares, type Point } from "./leastSquares.ts"
import type { Period } from "./period.ts"
import { type Parameter, valueOf, withParameters } from "./parameter.ts"
import { daysFor, simulatedSeries } from "./simulatedSeries.ts"
import { resampled, statisticOf } from "./statistics.ts"

/** The moments cannot tell what the parameters are. */
export class CalibrationInvalid extends Schema.TaggedError<CalibrationInvalid>()("CalibrationInvalid", {
  message: Schema.String,
}) {}

/** Executes every seed of every scenario; the rows come scenario by scenario, in the order of the seeds. */
export type Simulate<E> = (
  scenarios: ReadonlyArray<CheckedScenario>,
  seeds: ReadonlyArray<string>,
) => Effect.Effect<ReadonlyArray<ReadonlyArray<ReadonlyArray<Row>>>, E>

export interface CalibrateOptions<E> {
  readonly simulate: Simulate<E>
  readonly onStep?: (step: string, values: ReadonlyArray<number>, distance: number) => void
}

export interface MomentFit {
  readonly name: string
  readonly data: number
  readonly simulated: number
  /** How far the data's moment would spread had history been drawn again (block bootstrap); its inverse square is the weight. */
  readonly dataSpread: number
  /** Simulated less data, in standard deviations of one run's moment. */
  readonly deviations: number
  /** No parameter moves it. */
  readonly isInert: boolean
}

export interface CalibrationResult {
  readonly estimates: ReadonlyArray<Estimate>
  readonly moments: ReadonlyArray<MomentFit>
  /** Sum of the squared weighted differences of moments. */
  readonly distance: number
  /** Settings that were simulated for the fit. */
  readonly settings: number
  readonly forecasts: ReadonlyArray<Forecast>
  /** By series, of each final run: one value a period. */
  readonly simulated: ReadonlyMap<string, ReadonlyArray<ReadonlyArray<number>>>
  /** The scenario at the estimate, as long as the data. */
  readonly scenario: CheckedScenario
}

/** Fits the parameters to the training periods of the data, and predicts those after them. */
export const calibrate = <E>(
  { spec, scenario, parameters, periods, trainingCount }: Calibration,
  { values }: DataTable,
  { simulate, onStep }: CalibrateOptions<E>,
): Effect.Effect<CalibrationResult, E | CalibrationInvalid> =>
  Effect.gen(function* () {
    const { calendar } = scenario.scenario
    const training = periods.slice(0, trainingCount)
    const seriesOf = (rows: ReadonlyArray<Row>, id: string, over: ReadonlyArray<Period> = training) =>
      simulatedSeries(
        rows,
        calendar,
        over,
        spec.series.find((series) => series.id === id)!,
      )
    const momentsOf = (seriesById: (id: string) => ReadonlyArray<number>) =>
      spec.moments.map(({ series, statistic }) => statisticOf(statistic, seriesById(series)))

    // Only the training may be seen from here to the final runs.
    const seen = (id: string) => values.get(id)!.slice(0, trainingCount)
    const target = momentsOf(seen)
    const spreads = blockBootstrap(
      trainingCount,
      spec.moments.map(({ series, statistic }) => resampled(statistic, seen(series))),
    )
    for (const [index, moment] of spec.moments.entries())
      if (!Number.isFinite(target[index]!) || !(spreads[index]! > 0))
        return yield* new CalibrationInvalid({
          message: `${momentName(moment)}: the training data have too few different values for it; leave it out or lengthen the training`,
        })
    const weighted = (moments: ReadonlyArray<number>) => moments.map((value, index) => (value - target[index]!) / spreads[index]!)

    const seeds = seedNames(spec.seeds)
    const settings = new Set<string>()
    const residualsAt = (points: ReadonlyArray<Point>) =>
      Effect.map(
        simulate(
          points.map((point) => withParameters(scenario, parameters, point, daysFor(calendar, training))),
          seeds,
        ),
        (runs) =>
          runs.map((ofSeeds, place) => {
            settings.add(points[place]!.join())
            const all = ofSeeds.map((rows) => momentsOf((id) => seriesOf(rows, id)))
            return weighted(spec.moments.map((_, index) => mean(all.map((moments) => moments[index]!))))
          }),
      )
    const { point, residuals, jacobian } = yield* leastSquares({
      dimension: parameters.length,
      residuals: residualsAt,
      ...spec.search,
      onStep: (step, at, reached) => onStep?.(step, valuesAt(parameters, at), reached),
    })
    if (distance(residuals) === Infinity)
      return yield* new CalibrationInvalid({
        message: `${spec.moments
          .filter((_, index) => !Number.isFinite(residuals[index]!))
          .map(momentName)
          .join(", ")}: no setting that was tried gives it a value; check the bounds`,
      })
    for (const [index, { path, low, high }] of parameters.entries()) {
      if (jacobian.some((row) => row[index] !== 0)) continue
      const ends = yield* residualsAt([0, 1].map((place) => point.map((here, other) => (other === index ? place : here))))
      const where = String(ends[0]) === String(ends[1]) ? `between ${low} and ${high}` : "near the estimate"
      return yield* new CalibrationInvalid({
        message: `${path} is not identified: no moment changes with it ${where}; add a moment that depends on it, or leave it out`,
      })
    }

    const estimated = withParameters(scenario, parameters, point, daysFor(calendar, periods))
    const [finalRuns = []] = yield* simulate([estimated], seedNames(spec.finalSeeds))
    const simulated = new Map(spec.series.map(({ id }) => [id, finalRuns.map((rows) => seriesOf(rows, id, periods))]))
    const finalMoments = finalRuns.map((_, run) => momentsOf((id) => simulated.get(id)![run]!.slice(0, trainingCount)))
    const found = estimates({ parameters, point, jacobian, moments: finalMoments.map(weighted), seeds: spec.seeds })
    if (found === undefined) {
      const { a, b } = mostAlike(jacobian)
      return yield* new CalibrationInvalid({
        message: `${parameters[a]!.path} and ${parameters[b]!.path} are not identified together: the moments change alike with both; fix one, or add a moment that tells them apart`,
      })
    }
    const variances = covariance(finalMoments)
    return {
      estimates: found,
      moments: spec.moments.map((moment, index) => {
        const reached = target[index]! + residuals[index]! * spreads[index]!
        return {
          name: momentName(moment),
          data: target[index]!,
          simulated: reached,
          dataSpread: spreads[index]!,
          deviations: (reached - target[index]!) / Math.sqrt(variances[index]![index]!),
          isInert: jacobian[index]!.every((slope) => slope === 0),
        }
      }),
      distance: distance(residuals),
      settings: settings.size,
      forecasts:
        trainingCount === periods.length
          ? []
          : spec.series.map(({ id }) =>
              forecast({
                series: id,
                labels: periods.map(({ label }) => label),
                trainingCount,
                data: values.get(id)!,
                runs: simulated.get(id)!,
              }),
            ),
      simulated,
      scenario: estimated,
    }
  })

const valuesAt = (parameters: ReadonlyArray<Parameter>, point: Point) =>
  parameters.map((parameter, index) => valueOf(parameter, point[index]!))
