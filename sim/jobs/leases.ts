import type { Floor } from "./floor.ts"
import type { RunningJob } from "./job.ts"

/** The leases of one tick by number: those that ran before it, and those that begin in it. */
export interface Leases {
  readonly at: (lease: number) => RunningJob
  readonly siteOf: (lease: number) => number
  readonly isRunning: (lease: number) => boolean
  readonly begin: (job: RunningJob, site: number) => number
  readonly end: (lease: number) => void
  /** Those that run on a site, in the order in which they began. */
  readonly onSite: (site: number) => ReadonlyArray<number>
  /** Those that run of a job of parts, or of one that several sites share. */
  readonly ofJob: (id: string) => ReadonlyArray<number>
  readonly running: () => ReadonlyArray<RunningJob>
  readonly count: number
}

export const openLeases = (before: ReadonlyArray<RunningJob>, floor: Floor): Leases => {
  const all: Array<RunningJob> = []
  const sites: Array<number> = []
  const alive: Array<boolean> = []
  // A list for each site, linked through numbers of leases.
  const first = new Int32Array(floor.ids.length).fill(-1)
  const last = new Int32Array(floor.ids.length).fill(-1)
  const next: Array<number> = []
  const previous: Array<number> = []
  const shared = new Map<string, Array<number>>()

  const begin = (job: RunningJob, site: number): number => {
    const lease = all.length
    all.push(job)
    sites.push(site)
    alive.push(true)
    next.push(-1)
    previous.push(last[site]!)
    if (last[site]! >= 0) next[last[site]!] = lease
    else first[site] = lease
    last[site] = lease
    if (job.pieces > 1 || job.request.parts !== undefined) {
      const pieces = shared.get(job.request.id)
      if (pieces === undefined) shared.set(job.request.id, [lease])
      else pieces.push(lease)
    }
    return lease
  }
  for (const job of before) begin(job, floor.indexOf(job.provider))
  const count = all.length

  return {
    count,
    at: (lease) => all[lease]!,
    siteOf: (lease) => sites[lease]!,
    isRunning: (lease) => alive[lease]!,
    begin,
    end: (lease) => {
      alive[lease] = false
      const site = sites[lease]!
      const earlier = previous[lease]!
      const later = next[lease]!
      if (earlier >= 0) next[earlier] = later
      else first[site] = later
      if (later >= 0) previous[later] = earlier
      else last[site] = earlier
    },
    onSite: (site) => {
      const found: Array<number> = []
      for (let lease = first[site]!; lease >= 0; lease = next[lease]!) found.push(lease)
      return found
    },
    ofJob: (id) => (shared.get(id) ?? []).filter((lease) => alive[lease]!),
    running: () => all.filter((_, lease) => alive[lease]!),
  }
}
