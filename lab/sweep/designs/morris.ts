import { Id } from "../../../sim/id.ts"
import { count, or } from "../../../sim/quantity.ts"
import { morrisDesign } from "../../../sim/sampling/morrisDesign.ts"
import { points } from "./design.ts"
import { knobsOfRanges, pointsOfCube, rangeProblems, Ranges } from "./range.ts"

/** Screening: trajectories that turn one knob at a time, each knob once, between so many levels of its range (Morris 1991). */
export const morris = points({
  fields: {
    trajectories: count("Trajectories, each of one point more than there are knobs", { unit: "trajectories", min: 2, max: 1_000 }),
    levels: count("Levels of each range, an even number", { unit: "levels", min: 2, max: 100 }).pipe(or(4)),
    ranges: Ranges,
    seed: Id.pipe(or("1")).annotate({ description: "Of the design's places; runs have their own" }),
  },
  isWhole: true,
  knobs: knobsOfRanges,
  problems: (params) => [
    ...rangeProblems(params),
    ...(params.levels % 2 === 0 ? [] : [{ path: ["levels"], message: `got ${params.levels}, expected an even number of levels` }]),
  ],
  count: ({ trajectories, ranges }) => trajectories * (Object.keys(ranges).length + 1),
  points: (params) =>
    pointsOfCube(params, morrisDesign(Object.keys(params.ranges).length, params.trajectories, params.levels, params.seed).flat()),
})
