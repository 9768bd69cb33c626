import type { Combination } from "./combination.ts"

/** One design after the other. A knob that only the others turn stands as in the scenario. */
export const concat: Combination = {
  isDisjoint: false,
  count: (counts) => counts.reduce((sum, count) => sum + count, 0),
  points: (parts) => parts.flat(),
}
