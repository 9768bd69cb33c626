import type { Combination } from "./combination.ts"
import type { Point } from "./design.ts"

/** Every point of each design with every point of the others; the last design turns fastest. */
export const cross: Combination = {
  isDisjoint: true,
  count: (counts) => counts.reduce((product, count) => product * count, 1),
  points: (parts) => parts.reduce((rows, part) => rows.flatMap((row) => part.map((point) => joined(row, point)))),
}

const joined = (one: Point, other: Point): Point => {
  const names = [one.name, other.name].filter((name) => name !== undefined)
  return {
    ...(names.length === 0 ? {} : { name: names.join(", ") }),
    values: { ...one.values, ...other.values },
    place: (knob) => (Object.hasOwn(other.values, knob) ? other : one).place(knob),
  }
}
