import type { KnobValue } from "../knob.ts"
import { points } from "./design.ts"
import { knobsOfLists, ValueLists } from "./valueLists.ts"

/** Every value of each knob with every value of the others; the last knob turns fastest. */
export const grid = points({
  fields: { values: ValueLists },
  isWhole: false,
  knobs: knobsOfLists,
  problems: () => [],
  count: ({ values }) => Object.values(values).reduce((product, list) => product * list.length, 1),
  points: ({ values }) => {
    const rows = Object.entries(values).reduce<ReadonlyArray<ReadonlyArray<readonly [string, number, KnobValue]>>>(
      (rows, [knob, list]) => rows.flatMap((row) => list.map((value, index) => [...row, [knob, index, value] as const])),
      [[]],
    )
    return rows.map((row) => ({
      values: Object.fromEntries(row.map(([knob, , value]) => [knob, value])),
      place: (knob: string) => ["values", knob, row.find(([name]) => name === knob)![1]],
    }))
  },
})
