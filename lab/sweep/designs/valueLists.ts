import { Schema } from "effect"
import { KnobValue } from "../knob.ts"

/** Values of knobs, a list each. */
export const ValueLists = Schema.Record(Schema.String, Schema.Array(KnobValue).check(Schema.isNonEmpty())).check(
  Schema.isMinProperties(1, { title: "one knob at least" }),
)
export type ValueLists = typeof ValueLists.Type

export const knobsOfLists = ({ values }: { readonly values: ValueLists }) =>
  Object.keys(values).map((knob) => ({ knob, path: ["values", knob] }))
