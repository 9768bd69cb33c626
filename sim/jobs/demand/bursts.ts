import { Schema } from "effect"
import { ln } from "../../maths.ts"
import { quantity } from "../../quantity.ts"
import type { Rng } from "../../rng.ts"

/**
 * Jobs that come in crowds; the mean stays what it is. `hawkes`: each job brings others after it, which bring others (Hawkes 1971, by its
 * clusters: Hawkes and Oakes 1974). `batches`: they come at once, in numbers that are geometric.
 */
export const Params = Schema.Union([
  Schema.Struct({
    kind: Schema.Literal("hawkes"),
    branchingShare: quantity("Jobs that a job brings by itself", { unit: "jobs", min: 0, max: 0.95 }),
    decayHours: quantity("Mean time after which they come", { unit: "hours", min: 0.01, max: 1_000 }),
  }),
  Schema.Struct({
    kind: Schema.Literal("batches"),
    meanJobs: quantity("Mean number of jobs that come at once", { unit: "jobs", min: 1, max: 10_000 }),
  }),
])
export type Params = typeof Params.Type

/** Of the jobs that come, the share of those that no other brought. */
export const ownShare = (bursts: Params | undefined): number => {
  switch (bursts?.kind) {
    case undefined:
      return 1
    case "hawkes":
      return 1 - bursts.branchingShare
    case "batches":
      return 1 / bursts.meanJobs
  }
}

/** The hours of a job and of all that come with it, or because of it. */
export const crowd = (bursts: Params | undefined, hours: number, rng: Rng): ReadonlyArray<number> => {
  switch (bursts?.kind) {
    case undefined:
      return [hours]
    case "batches": {
      const size = bursts.meanJobs === 1 ? 1 : 1 + Math.floor(ln(1 - rng.uniform()) / ln(1 - 1 / bursts.meanJobs))
      return Array.from({ length: size }, () => hours)
    }
    case "hawkes": {
      const all = [hours]
      for (let parent = 0; parent < all.length; parent++)
        for (let left = rng.poisson(bursts.branchingShare); left > 0; left--) all.push(all[parent]! + rng.exponential(bursts.decayHours))
      return all
    }
  }
}
