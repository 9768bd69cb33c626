import { Schema } from "effect"
import { count, or, quantity } from "../../quantity.ts"
import type { JobRequest } from "../job.ts"
import { type Match, type Matcher, type MarketDay, openMatch } from "./matcher.ts"
import { type Offers, offerBook, rateFor } from "./offerBook.ts"
import { bestPrice } from "./bestPrice.ts"

/**
 * Training that no single site has room for is spread over several of one class and region, all or nothing, cheapest first; distance slows it
 * down, and when one site breaks all stop. Everything else goes to the best price.
 */
export const Params = Schema.Struct({
  kind: Schema.Literal("gang"),
  sitesMax: count("Sites that may share a job", { unit: "sites", min: 2, max: 1_000 }).pipe(or(8)),
  slowdownPerSiteShare: quantity("Clock time that every further site adds", { unit: "share", min: 0, max: 10 }).pipe(or(0.1)),
})

export const gang = ({ sitesMax, slowdownPerSiteShare }: typeof Params.Type, day: MarketDay): Matcher => {
  const { floor } = day
  const { plans } = floor
  const book = offerBook(floor, day.gpus, day.hours, true, (site) => plans[site]!.askUsdPerGpuHour)
  const single = bestPrice(day)
  const match: Match = openMatch()
  const room = Int32Array.from(plans, (_, site) => floor.freeGpus(site, day.hours))

  /** The cheapest sites of a group that have together what is wanted; undefined where that takes too many, or is too dear. */
  const spread = (request: JobRequest, { placeWithRoom, siteAt }: Offers, rate: number) => {
    const pieces: Array<{ readonly site: number; readonly gpus: number; readonly usdPerGpuHour: number }> = []
    let missing = request.gpuCount
    let usdPerHour = 0
    for (
      let place = placeWithRoom(1, Infinity);
      place >= 0 && missing > 0 && pieces.length < sitesMax;
      place = placeWithRoom(1, Infinity, place + 1)
    ) {
      const site = siteAt(place)
      const gpus = Math.min(missing, room[site]!)
      const { askUsdPerGpuHour } = plans[site]!
      pieces.push({ site, gpus, usdPerGpuHour: askUsdPerGpuHour })
      usdPerHour += askUsdPerGpuHour * gpus
      missing -= gpus
    }
    if (missing > 0) return undefined
    const slowdown = 1 + slowdownPerSiteShare * (pieces.length - 1)
    const usdPerWorkHour = (usdPerHour * slowdown) / (rate * request.gpuCount)
    return usdPerWorkHour > request.limitUsdPerWorkHour ? undefined : { pieces, slowdown, usdPerWorkHour }
  }
  return {
    setRoom: (site, gpus) => {
      room[site] = gpus
      book.setRoom(site, gpus)
      single.setRoom(site, gpus)
    },
    couldTake: (request) => single.couldTake(request) || (request.kind === "training" && request.gpuCount <= floor.offeredGpus),
    find: (request) => {
      const alone = single.find(request)
      if (alone !== undefined || request.kind !== "training") return alone
      let best: ReturnType<typeof spread>
      for (const offers of book.offers) {
        const rate = rateFor(request, offers.profile, offers.region, day.roundTripMs)
        const found = rate === 0 ? undefined : spread(request, offers, rate)
        if (found !== undefined && (best === undefined || found.usdPerWorkHour < best.usdPerWorkHour)) best = found
      }
      if (best === undefined) return undefined
      match.pieces = best.pieces
      match.slowdown = best.slowdown
      match.site = best.pieces[0]!.site
      return match
    },
  }
}
