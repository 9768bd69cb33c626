import type { StoredRun } from "./runStore.ts"

/** Runs of the same scenario together, in the order in which the scenarios first appear. */
export const groupRuns = (runs: ReadonlyArray<StoredRun>): ReadonlyArray<ReadonlyArray<StoredRun>> => [
  ...Map.groupBy(runs, ({ manifest }) => manifest.scenarioHash).values(),
]

/** Of several versions of the code that ran one seed, the one that ran most seeds; a page never mixes two. */
export const largestOf = (runs: ReadonlyArray<StoredRun>): ReadonlyArray<StoredRun> =>
  [...Map.groupBy(runs, ({ manifest }) => manifest.maker.code).values()].reduce((most, some) => (some.length > most.length ? some : most))

/** Seeds that are numbers by size, others by name. */
export const bySeed = (runs: ReadonlyArray<StoredRun>): ReadonlyArray<StoredRun> =>
  runs.toSorted(({ manifest: a }, { manifest: b }) => Number(a.seed) - Number(b.seed) || (a.seed < b.seed ? -1 : a.seed > b.seed ? 1 : 0))
