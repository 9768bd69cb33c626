import { Schema } from "effect"
import { KnobValue } from "../knob.ts"
import { points } from "./design.ts"

const Case = Schema.Struct({
  name: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^\S.{0,58}\S$|^\S$/)).annotate({ title: "a name of at most 60 characters" }),
  ),
  set: Schema.Record(Schema.String, KnobValue),
})

/** Settings written out one by one, with names. A knob that a case leaves out stands as in the scenario. */
export const cases = points({
  fields: { cases: Schema.Array(Case).check(Schema.isNonEmpty()) },
  isWhole: false,
  knobs: ({ cases }) => cases.flatMap(({ set }, index) => Object.keys(set).map((knob) => ({ knob, path: ["cases", index, "set", knob] }))),
  problems: ({ cases }) =>
    cases.flatMap(({ name }, index) =>
      name !== undefined && cases.findIndex((other) => other.name === name) < index
        ? [{ path: ["cases", index, "name"], message: `the name ${name} is taken by an earlier case` }]
        : [],
    ),
  count: ({ cases }) => cases.length,
  points: ({ cases }) =>
    cases.map(({ name, set }, index) => ({
      ...(name === undefined ? {} : { name }),
      values: set,
      place: (knob: string) => ["cases", index, "set", knob],
    })),
})
