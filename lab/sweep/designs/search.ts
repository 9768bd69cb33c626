import { Id } from "../../../sim/id.ts"
import { count, or } from "../../../sim/quantity.ts"
import { adaptive } from "./design.ts"
import { knobsOfRanges, rangeProblems, Ranges } from "./range.ts"

/** Looks in the ranges for the setting that meets the scenario's objectives best, by an evolution strategy. */
export const search = adaptive({
  fields: {
    budget: count("Runs that it may spend, the base's included", { unit: "runs", min: 1, max: 1_000_000 }),
    ranges: Ranges,
    seed: Id.pipe(or("1")).annotate({ description: "Of the optimiser's draws; runs have their own" }),
  },
  knobs: knobsOfRanges,
  problems: rangeProblems,
})
