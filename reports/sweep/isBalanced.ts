import type { SweepData } from "../sweepData.ts"

/** True where every pair of settings of any two knobs is met equally often, so that a level's mean says nothing about other knobs. */
export const isBalanced = (variants: SweepData["variants"], knobs: SweepData["knobs"]): boolean =>
  knobs.every((one, i) =>
    knobs.slice(i + 1).every((other) => {
      const counts = Map.groupBy(variants, ({ values }) => JSON.stringify([values[one.id], values[other.id]]))
      const settings = (knob: SweepData["knobs"][number]) => new Set(variants.map(({ values }) => values[knob.id])).size
      const sizes = new Set([...counts.values()].map(({ length }) => length))
      return counts.size === settings(one) * settings(other) && sizes.size === 1
    }),
  )
