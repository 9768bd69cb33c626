import type { Anchor } from "../anchor.ts"
import type { Workload } from "../workload.ts"

export interface Split {
  readonly fitted: ReadonlyArray<Anchor>
  readonly heldOut: ReadonlyArray<Anchor>
}

/**
 * Of the anchors of each kind, by device and then workload, every second one is held out: a rule that looks at no value. A relative
 * workload's first card is what its others are compared with, and counts in neither half.
 */
export const split = (anchors: ReadonlyArray<Anchor>, workloads: ReadonlyMap<string, Workload>): Split => {
  const references = new Set(referencesOf(anchors, workloads).values())
  const kindOf = ({ workload }: Anchor) => workloads.get(workload)!.kind
  const key = ({ device, workload }: Anchor) => `${device}/${workload}`
  const byKind = Map.groupBy(
    anchors.filter((anchor) => !references.has(anchor)).toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    kindOf,
  )
  const half = (rest: number) => [...byKind.values()].flatMap((some) => some.filter((_, index) => index % 2 === rest))
  return { fitted: half(0), heldOut: half(1) }
}

/** By relative workload, the anchor that sets its scale. */
export const referencesOf = (anchors: ReadonlyArray<Anchor>, workloads: ReadonlyMap<string, Workload>): ReadonlyMap<string, Anchor> =>
  new Map(
    anchors
      .filter(({ workload }) => workloads.get(workload)!.isRelative === true)
      .toReversed()
      .map((anchor) => [anchor.workload, anchor]),
  )
