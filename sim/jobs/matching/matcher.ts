import type { Profile } from "../../profile.ts"
import type { Rng } from "../../rng.ts"
import type { Floor } from "../floor.ts"
import type { JobRequest } from "../job.ts"
import type { RoundTrip } from "./offerBook.ts"

/** What a policy knows of one tick. */
export interface MarketDay {
  readonly floor: Floor
  readonly gpus: ReadonlyMap<string, Profile>
  /** The beginning of the tick. */
  readonly hours: number
  /** Whether any job depends on distance, so that regions must be told apart. */
  readonly isByRegion: boolean
  readonly roundTripMs: RoundTrip
  /** In (0, 1]. */
  readonly reputation: (provider: string) => number
  readonly rng: (purpose: string) => Rng
}

/** Where a job goes. The object is the policy's own and holds until it is asked again. */
export interface Match {
  site: number
  usdPerGpuHour: number
  /** Where several sites share the job: the sites with their GPUs and prices, and the factor by which their distance slows it down. */
  pieces: ReadonlyArray<{ readonly site: number; readonly gpus: number; readonly usdPerGpuHour: number }> | undefined
  slowdown: number
}

/** One policy at work in one tick. */
export interface Matcher {
  /** Who gets the job now, or whose own queue it joins; undefined where nobody takes it as things stand. */
  readonly find: (request: JobRequest) => Match | undefined
  /** Who gets so many parts of a job, one each, where they are awarded together. */
  readonly findMany?: (request: JobRequest, parts: number) => ReadonlyArray<{ readonly site: number; readonly usdPerGpuHour: number }>
  /** Whether anybody would take it under today's plans, if all were idle. */
  readonly couldTake: (request: JobRequest) => boolean
  /** Whether jobs wait at sites, so that `find` names sites that are full, and nobody waits for the network as a whole. */
  readonly hasOwnQueues?: true
  /** A site has so many free GPUs from now on. */
  readonly setRoom: (site: number, gpus: number) => void
}

export const openMatch = (): Match => ({ site: -1, usdPerGpuHour: 0, pieces: undefined, slowdown: 1 })
