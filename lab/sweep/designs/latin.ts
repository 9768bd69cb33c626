import { latinHypercube } from "../../../sim/sampling/latinHypercube.ts"
import { Id } from "../../../sim/id.ts"
import { count, or } from "../../../sim/quantity.ts"
import { points } from "./design.ts"
import { knobsOfRanges, pointsOfCube, rangeProblems, Ranges } from "./range.ts"

/** As many slices of each range as there are points, and in each slice one point, at random places that follow from the seed. */
export const latin = points({
  fields: {
    points: count("Points", { unit: "points", min: 1, max: 100_000 }),
    ranges: Ranges,
    seed: Id.pipe(or("1")).annotate({ description: "Of the design's places; runs have their own" }),
  },
  isWhole: false,
  knobs: knobsOfRanges,
  problems: rangeProblems,
  count: ({ points }) => points,
  points: (params) => pointsOfCube(params, latinHypercube(Object.keys(params.ranges).length, params.points, params.seed)),
})
