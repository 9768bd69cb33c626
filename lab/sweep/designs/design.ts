import type { Schema } from "effect"
import type { Problem } from "../../schemaProblems.ts"
import type { KnobValue } from "../knob.ts"

/** One setting of knobs. */
export interface Point {
  readonly name?: string
  readonly values: Readonly<Record<string, KnobValue>>
  /** Where in the design a knob got its value, relative to the design. */
  readonly place: (knob: string) => Problem["path"]
}

interface Kind<Params> {
  readonly fields: Schema.Struct.Fields
  /** Where in the design each knob is turned, relative to the design. */
  readonly knobs: (params: Params) => ReadonlyArray<{ readonly knob: string; readonly path: Problem["path"] }>
  /** What the schema does not see, relative to the design. */
  readonly problems: (params: Params) => ReadonlyArray<Problem>
}

/** A kind of design that knows all its points before anything is executed. */
export interface Points<Params> extends Kind<Params> {
  readonly how: "points"
  /** Every point is needed, in this order, by the analysis that goes with the design: none may be left out or combined with others. */
  readonly isWhole: boolean
  /** How many, without making them. */
  readonly count: (params: Params) => number
  readonly points: (params: Params) => ReadonlyArray<Point>
}

/** A kind of design that chooses its next points by the results of earlier ones. */
export interface Adaptive<Params> extends Kind<Params> {
  readonly how: "adaptive"
}

type ParamsOf<Fields extends Schema.Struct.Fields> = Schema.Struct<Fields>["Type"]

export const points = <const Fields extends Schema.Struct.Fields>(
  definition: { readonly fields: Fields } & Omit<Points<ParamsOf<Fields>>, "fields" | "how">,
) => ({ how: "points" as const, ...definition })

export const adaptive = <const Fields extends Schema.Struct.Fields>(
  definition: { readonly fields: Fields } & Omit<Adaptive<ParamsOf<Fields>>, "fields" | "how">,
) => ({ how: "adaptive" as const, ...definition })
