import { type Profile, rateOf } from "../../profile.ts"
import type { Floor } from "../floor.ts"
import type { JobRequest } from "../job.ts"
import { type JobKind, jobKinds, kindOf } from "../kinds/index.ts"
import { orderBy } from "./orderBy.ts"

/** Clock time of a message to a place and back; what is nowhere in particular is at no distance. */
export type RoundTrip = (from: string | undefined, to: string | undefined) => number

/** The sites of one class of hardware in one region, in the order that a policy gives them. */
export interface Offers {
  readonly profile: Profile
  readonly region: string | undefined
  /** For plain jobs of each kind; 0 where the class does not serve it. */
  readonly rates: Readonly<Record<JobKind, number>>
  /** The first place whose site has so many free GPUs, whatever it asks, or -1. */
  readonly firstWithRoom: (gpus: number) => number
  /** The first place from `from` on whose site has so many free GPUs and asks no more than this, or -1. */
  readonly placeWithRoom: (gpus: number, askMax: number, from?: number) => number
  /** The same, whatever is busy or broken. */
  readonly placeOffering: (gpus: number, askMax: number) => number
  readonly siteAt: (place: number) => number
}

/** What the sites offer in one tick, for which plans are fixed; only the room changes. */
export interface OfferBook {
  readonly offers: ReadonlyArray<Offers>
  /** A site has so many free GPUs from now on. */
  readonly setRoom: (site: number, gpus: number) => void
  /** Whether the id of a site comes before that of another. */
  readonly isBefore: (site: number, other: number) => boolean
}

/** `priceOf` is what a site wants for a GPU hour at least; `keyOf` orders the sites of a group, by that price where it is left out. */
export const offerBook = (
  { ids, plans, ranks, freeGpus, lastOrder, rememberOrder }: Floor,
  gpus: ReadonlyMap<string, Profile>,
  hours: number,
  isByRegion: boolean,
  priceOf: (site: number) => number,
  keyOf?: (site: number) => number,
): OfferBook => {
  const groups = new Map<string, number>()
  const firsts: Array<number> = []
  const groupOf = new Int32Array(ids.length).fill(-1)
  for (let site = 0; site < ids.length; site++) {
    const { gpu, gpusOffered, region } = plans[site]!
    if (gpusOffered === 0) continue
    const name = isByRegion ? `${gpu}/${region ?? ""}` : gpu
    const known = groups.get(name)
    groupOf[site] = known ?? firsts.length
    if (known !== undefined) continue
    groups.set(name, firsts.length)
    firsts.push(site)
  }
  const members = firsts.map((): Array<number> => [])
  for (const site of lastOrder) if (groupOf[site]! >= 0) members[groupOf[site]!]!.push(site)
  const leaves = new Int32Array(ids.length)
  const trees: Array<Int32Array> = []
  const keys = new Float64Array(ids.length)
  const ordered = new Int32Array(ids.length)
  let orderedCount = 0
  const offers = members.map((sites, group): Offers => {
    const { gpu, region } = plans[firsts[group]!]!
    for (const site of sites) keys[site] = keyOf === undefined ? priceOf(site) : keyOf(site)
    const order = orderBy(sites, keys, ranks)
    ordered.set(order, orderedCount)
    orderedCount += order.length
    const width = powerOfTwoFrom(order.length)
    const room = new Int32Array(2 * width)
    trees.push(room)
    const offered = new Int32Array(2 * width)
    const asks = new Float64Array(2 * width).fill(Infinity)
    for (let place = 0; place < order.length; place++) {
      const site = order[place]!
      leaves[site] = width + place
      room[width + place] = Math.max(0, freeGpus(site, hours))
      offered[width + place] = plans[site]!.gpusOffered
      asks[width + place] = priceOf(site)
    }
    for (let node = width - 1; node > 0; node--) {
      room[node] = Math.max(room[2 * node]!, room[2 * node + 1]!)
      offered[node] = Math.max(offered[2 * node]!, offered[2 * node + 1]!)
      asks[node] = Math.min(asks[2 * node]!, asks[2 * node + 1]!)
    }
    /** Looks into a subtree only where both its most room and its lowest ask would do. */
    const search = (tree: Int32Array, node: number, size: number, first: number, wanted: number, askMax: number, from: number): number => {
      if (tree[node]! < wanted || asks[node]! > askMax || first + size <= from) return -1
      if (size === 1) return first
      const half = size >> 1
      const left = search(tree, 2 * node, half, first, wanted, askMax, from)
      return left >= 0 ? left : search(tree, 2 * node + 1, half, first + half, wanted, askMax, from)
    }
    return {
      profile: gpus.get(gpu)!,
      region,
      rates: Object.fromEntries(jobKinds.map((kind) => [kind, rateOf(gpus.get(gpu)!, kind) ?? 0])) as Record<JobKind, number>,
      firstWithRoom: (wanted) => {
        if (room[1]! < wanted) return -1
        let node = 1
        while (node < width) node = room[2 * node]! >= wanted ? 2 * node : 2 * node + 1
        return node - width
      },
      placeWithRoom: (wanted, askMax, from = 0) => search(room, 1, width, 0, wanted, askMax, from),
      placeOffering: (wanted, askMax) => search(offered, 1, width, 0, wanted, askMax, 0),
      siteAt: (place) => order[place]!,
    }
  })
  for (let site = 0; site < ids.length; site++) if (groupOf[site]! < 0) ordered[orderedCount++] = site
  rememberOrder(ordered)
  return {
    offers,
    isBefore: (site, other) => ranks[site]! < ranks[other]!,
    setRoom: (site, free) => {
      if (groupOf[site]! < 0) return
      const tree = trees[groupOf[site]!]!
      let node = leaves[site]!
      tree[node] = Math.max(0, free)
      for (node >>= 1; node > 0; node >>= 1) {
        const most = Math.max(tree[2 * node]!, tree[2 * node + 1]!)
        if (tree[node] === most) break
        tree[node] = most
      }
    },
  }
}

/** Work hours that a GPU of the class does of the job in an hour; 0 where it will not do, be it too slow or too far away. */
export const rateFor = (request: JobRequest, profile: Profile, region: string | undefined, roundTripMs: RoundTrip): number => {
  const { kind, terms } = request
  const rate = rateOf(profile, kind)
  if (rate === undefined) return 0
  const { canServe } = kindOf(kind)
  if (terms === undefined || canServe === undefined) return rate
  return canServe(terms, profile.workHoursPerGpuHour[kind]!.value, roundTripMs(region, request.region)) ? rate : 0
}

const powerOfTwoFrom = (count: number): number => {
  let power = 1
  while (power < count) power *= 2
  return power
}
