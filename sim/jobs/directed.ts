import type { Profile } from "../profile.ts"
import type { Floor } from "./floor.ts"
import type { JobRequest } from "./job.ts"
import { type Match, openMatch } from "./matching/matcher.ts"
import { rateFor, type RoundTrip } from "./matching/offerBook.ts"

/** What a deal between a buyer and providers of its choice is settled with, past the market's policy. */
export interface DealRoom {
  readonly floor: Floor
  readonly gpus: ReadonlyMap<string, Profile>
  readonly roundTripMs: RoundTrip
}

/** The first of the named providers that has the GPUs free, at the agreed price, or at what it asks. */
export const directed = (
  request: JobRequest,
  named: ReadonlySet<string>,
  { floor, gpus, roundTripMs }: DealRoom,
  hours: number,
): Match | undefined => {
  for (const provider of named) {
    if (!floor.has(provider)) continue
    const site = floor.indexOf(provider)
    const plan = floor.plans[site]!
    const rate = rateFor(request, gpus.get(plan.gpu)!, plan.region, roundTripMs)
    if (rate === 0 || floor.freeGpus(site, hours) < request.gpuCount) continue
    const usdPerGpuHour = request.privateUsdPerGpuHour ?? plan.askUsdPerGpuHour
    if (request.privateUsdPerGpuHour === undefined && usdPerGpuHour > request.limitUsdPerWorkHour * rate) continue
    return { ...openMatch(), site, usdPerGpuHour }
  }
  return undefined
}
