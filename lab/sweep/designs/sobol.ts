import { sobolDimensionsMax, sobolSequence } from "../../../sim/sampling/sobolSequence.ts"
import { count } from "../../../sim/quantity.ts"
import { points } from "./design.ts"
import { knobsOfRanges, pointsOfCube, rangeProblems, Ranges } from "./range.ts"

/** Points that fill the ranges evenly, the first of them at every range's beginning; powers of two fill them best. */
export const sobol = points({
  fields: { points: count("Points", { unit: "points", min: 1, max: 100_000 }), ranges: Ranges },
  isWhole: false,
  knobs: knobsOfRanges,
  problems: (params) => [
    ...rangeProblems(params),
    ...(Object.keys(params.ranges).length > sobolDimensionsMax
      ? [{ path: ["ranges"], message: `a Sobol sequence has at most ${sobolDimensionsMax} knobs` }]
      : []),
  ],
  count: ({ points }) => points,
  points: (params) => pointsOfCube(params, sobolSequence(Object.keys(params.ranges).length, params.points)),
})
