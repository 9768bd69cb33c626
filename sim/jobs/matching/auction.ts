import { count, or } from "../../quantity.ts"
import type { JobRequest } from "../job.ts"
import { type Match, type Matcher, type MarketDay, openMatch } from "./matcher.ts"
import { rateFor } from "./offerBook.ts"

export const auctionFields = {
  bidders: count("Providers with free GPUs that are asked for a bid on each job, at random", {
    unit: "providers",
    min: 1,
    max: 1_000,
  }).pipe(or(5)),
}

/** What a bidder says, and what the winners are paid for a work hour. */
export interface AuctionRules {
  readonly bid: (cost: number, limit: number, units: number) => number
  readonly pay: (bid: number, bestLosing: number) => number
}

interface Bid {
  readonly site: number
  readonly usdPerWorkHour: number
  readonly rate: number
}

/** Bidders are asked beyond those wanted, in case some will not do, this many times over at most. */
const callsPerBidder = 4

/**
 * A sealed-bid reverse auction among providers that are drawn from those with free GPUs. Their costs are the floors of their plans; nobody bids
 * above the buyer's limit, which stands for the best losing bid where nobody loses. Equal bids go by id.
 */
export const auctionMatcher = (bidders: number, { bid, pay }: AuctionRules, day: MarketDay): Matcher => {
  const { floor, gpus } = day
  const { ids, plans } = floor
  const rng = day.rng("auction")
  // Sites with free GPUs in a list whose order is of no matter, and the place of each in it.
  const roomy: Array<number> = []
  const places = new Int32Array(plans.length).fill(-1)
  const room = new Int32Array(plans.length)
  const setRoom = (site: number, free: number): void => {
    room[site] = free
    const place = places[site]!
    if (free > 0 && place < 0 && plans[site]!.gpusOffered > 0) places[site] = roomy.push(site) - 1
    if (free > 0 || place < 0) return
    const last = roomy.pop()!
    places[site] = -1
    if (last === site) return
    roomy[place] = last
    places[last] = place
  }
  const open: Array<number> = []
  for (let site = 0; site < plans.length; site++) {
    if (plans[site]!.gpusOffered > 0) open.push(site)
    setRoom(site, floor.freeGpus(site, day.hours))
  }

  const costOf = (site: number): number => plans[site]!.floorUsdPerGpuHour ?? plans[site]!.askUsdPerGpuHour
  const rateAt = (site: number, request: JobRequest): number =>
    rateFor(request, gpus.get(plans[site]!.gpu)!, plans[site]!.region, day.roundTripMs)

  let byCost: ReadonlyArray<ReadonlyArray<number>> | undefined
  /** Sites of one class and region, the cheapest first. */
  const groups = () =>
    (byCost ??= [...Map.groupBy(open, (site) => `${plans[site]!.gpu}/${plans[site]!.region ?? ""}`).values()].map((sites) =>
      sites.sort((a, b) => costOf(a) - costOf(b)),
    ))

  const bids = (request: JobRequest, units: number): ReadonlyArray<Bid> => {
    const found: Array<Bid> = []
    const limit = request.limitUsdPerWorkHour
    const calls = Math.min(roomy.length, callsPerBidder * bidders)
    for (let call = 0; call < calls && found.length < bidders; call++) {
      const other = call + Math.floor(rng.uniform() * (roomy.length - call))
      const site = roomy[other]!
      roomy[other] = roomy[call]!
      places[roomy[other]!] = other
      roomy[call] = site
      places[site] = call
      if (room[site]! < request.gpuCount) continue
      const rate = rateAt(site, request)
      if (rate === 0) continue
      const cost = costOf(site) / rate
      if (cost <= limit) found.push({ site, usdPerWorkHour: bid(cost, limit, units), rate })
    }
    return found.sort((a, b) => a.usdPerWorkHour - b.usdPerWorkHour || (ids[a.site]! < ids[b.site]! ? -1 : 1))
  }
  const award = (request: JobRequest, units: number) => {
    const all = bids(request, units)
    const bestLosing = all[units]?.usdPerWorkHour ?? request.limitUsdPerWorkHour
    return all.slice(0, units).map(({ site, usdPerWorkHour, rate }) => ({ site, usdPerGpuHour: pay(usdPerWorkHour, bestLosing) * rate }))
  }
  const match: Match = openMatch()
  return {
    setRoom,
    couldTake: (request) =>
      groups().some((sites) => {
        const site = sites.find((candidate) => plans[candidate]!.gpusOffered >= request.gpuCount)
        if (site === undefined) return false
        const rate = rateAt(site, request)
        return rate > 0 && costOf(site) / rate <= request.limitUsdPerWorkHour
      }),
    find: (request) => {
      const [winner] = award(request, 1)
      if (winner === undefined) return undefined
      match.site = winner.site
      match.usdPerGpuHour = winner.usdPerGpuHour
      return match
    },
    findMany: award,
  }
}
