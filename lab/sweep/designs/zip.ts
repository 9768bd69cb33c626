import { points } from "./design.ts"
import { knobsOfLists, ValueLists } from "./valueLists.ts"

/** The first values of all knobs together, then the second ones, and so on. */
export const zip = points({
  fields: { values: ValueLists },
  isWhole: false,
  knobs: knobsOfLists,
  problems: ({ values }) => {
    const [[first, { length }], ...others] = Object.entries(values) as [
      [string, ReadonlyArray<unknown>],
      ...[string, ReadonlyArray<unknown>][],
    ]
    return others
      .filter(([, list]) => list.length !== length)
      .map(([knob, list]) => ({
        path: ["values", knob],
        message: `${list.length} values, and ${first} has ${length}: a zip takes one of each at a time`,
      }))
  },
  count: ({ values }) => Object.values(values)[0]!.length,
  points: ({ values }) =>
    Object.values(values)[0]!.map((_, index) => ({
      values: Object.fromEntries(Object.entries(values).map(([knob, list]) => [knob, list[index]!])),
      place: (knob: string) => ["values", knob, index],
    })),
})
