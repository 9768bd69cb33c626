import type { JobRequest } from "../job.ts"
import { type Match, type Matcher, type MarketDay, openMatch } from "./matcher.ts"
import { offerBook, rateFor } from "./offerBook.ts"

/** A policy that takes the first of all sites with room in some order. */
export interface Ordering {
  /** What a site wants for a GPU hour at least; what it asks where it is left out. */
  readonly priceOf?: (site: number) => number
  /** What the sites of one class and region are ordered by; by that price where it is left out. */
  readonly keyOf?: (site: number) => number
  /** What is compared between classes and regions: `key` is the site's, and a greater key never makes it less. */
  readonly score: (key: number, rate: number, request: JobRequest, region: string | undefined) => number
  /** A site that wants more for a work hour is not taken. */
  readonly askMaxUsdPerWorkHour: (request: JobRequest) => number
  /** What is paid; what the site asks where it is left out. */
  readonly usdPerGpuHour?: (request: JobRequest, rate: number) => number
}

export const orderedMatcher = (day: MarketDay, ordering: Ordering): Matcher => {
  const { plans } = day.floor
  const { priceOf = (site: number) => plans[site]!.askUsdPerGpuHour, keyOf, score, askMaxUsdPerWorkHour, usdPerGpuHour } = ordering
  const book = offerBook(day.floor, day.gpus, day.hours, day.isByRegion, priceOf, keyOf)
  const match: Match = openMatch()
  return {
    setRoom: book.setRoom,
    couldTake: (request) => {
      const askMax = askMaxUsdPerWorkHour(request)
      return book.offers.some(({ profile, region, placeOffering }) => {
        const rate = rateFor(request, profile, region, day.roundTripMs)
        return rate > 0 && placeOffering(request.gpuCount, askMax * rate) >= 0
      })
    },
    find: (request) => {
      const askMax = askMaxUsdPerWorkHour(request)
      let best = -1
      let bestScore = Infinity
      let bestRate = 0
      for (const { profile, region, rates, firstWithRoom, placeWithRoom, siteAt } of book.offers) {
        const rate = request.terms === undefined ? rates[request.kind] : rateFor(request, profile, region, day.roundTripMs)
        if (rate === 0) continue
        // Where the order is that of the asks, the first site is the cheapest, and one look decides.
        const place = keyOf === undefined ? firstWithRoom(request.gpuCount) : placeWithRoom(request.gpuCount, askMax * rate)
        if (place < 0) continue
        const site = siteAt(place)
        const ask = priceOf(site)
        if (ask / rate > askMax) continue
        const siteScore = score(keyOf === undefined ? ask : keyOf(site), rate, request, region)
        if (siteScore < bestScore || (siteScore === bestScore && (best < 0 || book.isBefore(site, best)))) {
          best = site
          bestScore = siteScore
          bestRate = rate
        }
      }
      if (best < 0) return undefined
      match.site = best
      match.usdPerGpuHour = usdPerGpuHour === undefined ? plans[best]!.askUsdPerGpuHour : usdPerGpuHour(request, bestRate)
      return match
    },
  }
}
