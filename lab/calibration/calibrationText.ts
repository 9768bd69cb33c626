import { number, textTable } from "../print.ts"
import type { CalibrationResult } from "./calibrate.ts"
import type { Estimate } from "./estimate.ts"
import type { Recovered } from "./recovery.ts"

/** What a calibration found, for a terminal. */
export const resultText = ({ estimates, moments, forecasts, distance, settings }: CalibrationResult): string =>
  [
    `Estimates with 95 % intervals; distance ${number(distance)} after ${settings} settings`,
    textTable(
      ["parameter", "estimate", "low", "high", ""],
      estimates.map((estimate) => [estimate.path, ...[estimate.estimate, estimate.low, estimate.high].map(number), boundText(estimate)]),
    ),
    "",
    "Moments of the training; deviations in standard deviations of one run",
    textTable(
      ["moment", "data", "simulated", "deviations", ""],
      moments.map(({ name, data, simulated, deviations, isInert }) => [
        name,
        number(data),
        number(simulated),
        deviations.toFixed(2),
        isInert ? "no parameter moves it" : "",
      ]),
    ),
    ...(forecasts.length === 0
      ? []
      : [
          "",
          "Held-out periods: mean absolute error of the logarithm",
          textTable(
            ["series", "periods", "simulated", "anchored", "last value", "training mean", "within 90 %"],
            forecasts.map(({ series, periods, errors, within90 }) => [
              series,
              String(periods),
              ...[errors.simulated, errors.anchored, errors.randomWalk, errors.trainingMean].map((error) => error.toFixed(3)),
              `${within90} of ${periods}`,
            ]),
          ),
          "simulated: median of the runs; anchored: the last training value moved by the simulated change; last value: a random walk",
        ]),
  ].join("\n")

export const recoveryText = (
  recoveries: ReadonlyArray<{ readonly seed: string; readonly estimates: ReadonlyArray<Recovered> }>,
): string => {
  const all = recoveries.flatMap(({ estimates }) => estimates)
  return [
    textTable(
      ["data", "parameter", "true", "estimate", "low", "high", "inside", ""],
      recoveries.flatMap(({ seed, estimates }) =>
        estimates.map((one) => [
          seed,
          one.path,
          ...[one.truth, one.estimate, one.low, one.high].map(number),
          one.isInside ? "yes" : "no",
          boundText(one),
        ]),
      ),
    ),
    `${all.filter(({ isInside }) => isInside).length} of ${all.length} intervals hold the true value`,
  ].join("\n")
}

const boundText = ({ atLowerBound, atUpperBound }: Estimate): string => {
  if (atLowerBound && atUpperBound) return "not identified: the interval is all that the bounds allow"
  return atLowerBound ? "reaches the lower bound" : atUpperBound ? "reaches the upper bound" : ""
}
