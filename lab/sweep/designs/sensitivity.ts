import { Schema } from "effect"
import { count, or } from "../../../sim/quantity.ts"
import { saltelliDesign } from "../../../sim/sampling/saltelliDesign.ts"
import { sobolDimensionsMax } from "../../../sim/sampling/sobolSequence.ts"
import { points } from "./design.ts"
import { knobsOfRanges, pointsOfCube, rangeProblems, Ranges } from "./range.ts"

/** Sobol indices: each point of two independent samples, and the same with one knob at a time taken from the other (Saltelli et al. 2010). */
export const sensitivity = points({
  fields: {
    points: count("Points of each of the two samples; a power of two is best", { unit: "points", min: 2, max: 16_384 }),
    ranges: Ranges,
    secondOrder: Schema.Boolean.pipe(or(false)).annotate({ description: "Pairs of knobs too, for nearly twice the variants" }),
  },
  isWhole: true,
  knobs: knobsOfRanges,
  problems: (params) => [
    ...rangeProblems(params),
    ...(2 * Object.keys(params.ranges).length > sobolDimensionsMax
      ? [{ path: ["ranges"], message: `Sobol indices are for at most ${sobolDimensionsMax / 2} knobs` }]
      : []),
  ],
  count: ({ points, ranges, secondOrder }) => {
    const knobs = Object.keys(ranges).length
    return points * (secondOrder ? 2 * knobs + 2 : knobs + 2)
  },
  points: (params) => pointsOfCube(params, saltelliDesign(Object.keys(params.ranges).length, params.points, params.secondOrder).flat()),
})
