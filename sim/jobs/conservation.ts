import type { Jobs } from "./job.ts"
import { inSystem } from "./tally.ts"

/** Relative; what floating-point sums of a long run may be off by. */
const tolerance = 1e-9

/**
 * What is broken at the end of a tick, in words: jobs that arrived are done, gone elsewhere, dead, waiting or running; GPUs are busy with the jobs
 * that run on them; and jobs in the system summed over time are times in the system summed over jobs (Little 1961: L = lambda W on any path).
 */
export const conservation = ({ sites, running, waiting, split, tally }: Jobs, hours: number): string | undefined => {
  const isWhole = ({ request }: { readonly request: { readonly parts?: ReadonlyArray<number> } }) => request.parts === undefined
  const present = new Map<string, number>()
  const busy = new Map<string, number>()
  for (const job of running) {
    if (isWhole(job)) present.set(job.request.id, job.arrivedHours)
    busy.set(job.provider, (busy.get(job.provider) ?? 0) + job.gpuCount)
  }
  for (const task of waiting) if (isWhole(task)) present.set(task.request.id, task.arrivedHours)
  for (const [id, { arrivedHours }] of split) present.set(id, arrivedHours)
  if (present.size !== inSystem(tally))
    return `jobs that wait or run: found ${present.size}, expected ${inSystem(tally)}, those that arrived less those that left`
  for (const [provider, { busyGpus }] of sites)
    if (busyGpus !== (busy.get(provider) ?? 0)) return `busy GPUs of ${provider}: found ${busyGpus}, expected ${busy.get(provider) ?? 0}`
  let sojournHours = tally.sojournHours
  for (const arrivedHours of present.values()) sojournHours += hours - arrivedHours
  if (Math.abs(sojournHours - tally.areaHours) > tolerance * Math.max(1, sojournHours))
    return `hours of jobs in the system: found ${tally.areaHours}, expected ${sojournHours}, those of each job added up`
  return undefined
}
