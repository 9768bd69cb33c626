import { Schema } from "effect"
import { exp, ln } from "../../../sim/maths.ts"
import { or } from "../../../sim/quantity.ts"
import type { Problem } from "../../schemaProblems.ts"
import type { KnobValue } from "../knob.ts"
import type { Point } from "./design.ts"

/** Where a knob's values are taken from. */
export const Range = Schema.Struct({
  from: Schema.Finite,
  to: Schema.Finite,
  scale: Schema.Literals(["linear", "log"])
    .pipe(or("linear" as const))
    .annotate({ description: "log: equal ratios are equally likely" }),
  whole: Schema.Boolean.pipe(or(false)).annotate({ description: "Whole numbers only, from and to included" }),
})
export type Range = typeof Range.Type

export const Ranges = Schema.Record(Schema.String, Range).check(Schema.isMinProperties(1, { title: "one knob at least" }))
export type Ranges = typeof Ranges.Type

interface Ranged {
  readonly ranges: Ranges
}

export const knobsOfRanges = ({ ranges }: Ranged) => Object.keys(ranges).map((knob) => ({ knob, path: ["ranges", knob] }))

export const rangeProblems = ({ ranges }: Ranged): ReadonlyArray<Problem> =>
  Object.entries(ranges).flatMap(([knob, { from, to, scale, whole }]) => {
    const path = ["ranges", knob]
    return [
      ...(from >= to ? [{ path: [...path, "to"], message: `the end (${to}) is not above the beginning (${from})` }] : []),
      ...(scale === "log" && from <= 0 ? [{ path: [...path, "from"], message: "a logarithmic scale begins above 0" }] : []),
      ...(whole && !(Number.isInteger(from) && Number.isInteger(to))
        ? [{ path: [...path, "whole"], message: `from (${from}) and to (${to}) are not both whole numbers` }]
        : []),
    ]
  })

/** A scenario file holds no more digits than anybody would write. */
const digits = 8

/** The value at a place from 0 to 1. Of whole numbers each has an equal part of the range, the ends included, which plain rounding would halve. */
export const valueAt = ({ from, to, scale, whole }: Range, place: number): number => {
  const end = whole ? to + 1 : to
  const value = scale === "log" ? exp(ln(from) + (ln(end) - ln(from)) * place) : from + (end - from) * place
  // The last digits of a logarithm may carry a whole number just below itself.
  const short = Number(value.toPrecision(digits))
  return Math.min(to, Math.max(from, whole ? Math.floor(short) : short))
}

/** Points of the unit cube, a coordinate a knob in the order of the file, as values of the knobs. */
export const pointsOfCube = ({ ranges }: Ranged, cube: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<Point> => {
  const entries = Object.entries(ranges)
  return cube.map((places) => ({
    values: Object.fromEntries(entries.map(([knob, range], index): [string, KnobValue] => [knob, valueAt(range, places[index]!)])),
    place: (knob: string) => ["ranges", knob],
  }))
}
