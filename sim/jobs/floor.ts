import { rosterOf } from "./roster.ts"
import { type Faults, off, type Site, type SitePlan } from "./site.ts"
import { type SiteColumns, Sites } from "./sites.ts"

/** All sites during one tick, in arrays; the map of sites that comes and goes at the ends of a tick never changes. */
export interface Floor {
  readonly ids: ReadonlyArray<string>
  readonly plans: ReadonlyArray<SitePlan>
  readonly indexOf: (provider: string) => number
  readonly has: (provider: string) => boolean
  /** The place of each site's id among all. */
  readonly ranks: Int32Array
  /** All sites, as they were ordered last. */
  readonly lastOrder: Int32Array
  readonly rememberOrder: (sites: Int32Array) => void
  readonly offeredGpus: number
  /** Of all sites. */
  readonly busyGpus: () => number
  /** Busy or waited for. */
  readonly claimedGpus: (site: number) => number
  /** So many GPUs more are waited for at a site, or fewer. */
  readonly claim: (site: number, gpus: number) => void
  readonly downUntilHours: (site: number) => number
  readonly nextFailureHours: (site: number) => number
  /** GPUs that could take a job at this hour. */
  readonly freeGpus: (site: number, hours: number) => number
  /** Counts the hours up to now, then takes or frees GPUs at what they bring in an hour. */
  readonly take: (site: number, hours: number, gpus: number, usdPerHour: number) => void
  /** What the jobs that run on it bring in an hour, to begin with. */
  readonly price: (site: number, usdPerHour: number) => void
  /** Everything on the site stops until it is repaired. */
  readonly fail: (site: number, hours: number) => void
  /** Everything on the site stops until that hour, or longer where it is down anyway; when it fails next is another matter. */
  readonly stop: (site: number, hours: number, untilHours: number) => void
  readonly close: (hours: number) => ReadonlyMap<string, Site>
}

/** The sites as they enter a tick under new plans; what nobody plans for is off, though its GPUs with running jobs stay on until these end. */
export const openFloor = (
  before: ReadonlyMap<string, Site>,
  planned: ReadonlyMap<string, SitePlan>,
  startHours: number,
  faults: (provider: string) => Faults,
  isCutOff?: (provider: string) => boolean,
): Floor => {
  const last = before instanceof Sites ? before : undefined
  const roster = rosterOf(before, planned, last?.roster)
  const { ids, indexOf, ranks } = roster
  const count = ids.length
  const isKnown = last?.roster === roster
  const plans = isKnown ? [...planned.values()] : ids.map((provider) => planned.get(provider) ?? off(before.get(provider)!.plan))
  const columns = isKnown ? goOn(last.columns, plans) : gather(ids, plans, before, startHours, faults)
  const { busyGpus: busy, downUntilHours: downUntil, nextFailureHours: nextFailure, sinceHours: since } = columns
  const { onGpuHours, busyGpuHours, pricedUsd } = columns
  const usdPerHour = new Float64Array(count)
  const cutOff = isCutOff === undefined ? undefined : ids.map(isCutOff)

  const waitedFor = new Int32Array(count)
  let offeredGpus = 0
  let allBusy = 0
  for (let site = 0; site < count; site++) {
    offeredGpus += plans[site]!.gpusOffered
    allBusy += busy[site]!
  }

  const take = (site: number, hours: number, gpus: number, usd: number): void => {
    const upHours = Math.max(0, hours - Math.max(since[site]!, downUntil[site]!))
    onGpuHours[site]! += upHours * Math.max(plans[site]!.gpusOn, busy[site]!)
    busyGpuHours[site]! += upHours * busy[site]!
    pricedUsd[site]! += upHours * usdPerHour[site]!
    since[site] = hours
    busy[site]! += gpus
    usdPerHour[site] = busy[site] === 0 ? 0 : usdPerHour[site]! + usd
    allBusy += gpus
  }
  return {
    ids,
    plans,
    indexOf,
    has: roster.has,
    ranks,
    lastOrder: roster.lastOrder,
    rememberOrder: (sites) => void (roster.lastOrder = sites),
    offeredGpus,
    busyGpus: () => allBusy,
    claimedGpus: (site) => busy[site]! + waitedFor[site]!,
    claim: (site, gpus) => void (waitedFor[site]! += gpus),
    downUntilHours: (site) => downUntil[site]!,
    nextFailureHours: (site) => nextFailure[site]!,
    freeGpus: (site, hours) => (cutOff?.[site] === true || hours < downUntil[site]! ? 0 : plans[site]!.gpusOffered - busy[site]!),
    take,
    price: (site, usd) => void (usdPerHour[site]! += usd),
    fail: (site, hours) => {
      take(site, hours, -busy[site]!, 0)
      const { rng, repairHours, hoursBetweenFailures } = faults(ids[site]!)
      downUntil[site] = Math.max(downUntil[site]!, hours + rng.exponential(repairHours))
      nextFailure[site] = downUntil[site]! + rng.exponential(hoursBetweenFailures)
    },
    stop: (site, hours, untilHours) => {
      take(site, hours, -busy[site]!, 0)
      downUntil[site] = Math.max(downUntil[site]!, untilHours)
    },
    close: (hours) => {
      for (let site = 0; site < count; site++) take(site, hours, 0, 0)
      return new Sites(roster, columns)
    },
  }
}

/** The columns of the same sites under new plans. */
const goOn = (columns: SiteColumns, plan: ReadonlyArray<SitePlan>): SiteColumns => ({
  plan,
  busyGpus: columns.busyGpus.slice(),
  downUntilHours: columns.downUntilHours.slice(),
  nextFailureHours: columns.nextFailureHours.slice(),
  sinceHours: columns.sinceHours.slice(),
  onGpuHours: columns.onGpuHours.slice(),
  busyGpuHours: columns.busyGpuHours.slice(),
  pricedUsd: columns.pricedUsd.slice(),
})

/** The columns of sites of which some are new, or have other numbers than before. */
const gather = (
  ids: ReadonlyArray<string>,
  plan: ReadonlyArray<SitePlan>,
  before: ReadonlyMap<string, Site>,
  startHours: number,
  faults: (provider: string) => Faults,
): SiteColumns => {
  const column = () => new Float64Array(ids.length)
  const busyGpus = new Int32Array(ids.length)
  const [downUntilHours, nextFailureHours, sinceHours] = [column(), column(), column()]
  const [onGpuHours, busyGpuHours, pricedUsd] = [column(), column(), column()]
  for (let site = 0; site < ids.length; site++) {
    const provider = ids[site]!
    const earlier = before.get(provider)
    if (earlier === undefined) {
      const { rng, hoursBetweenFailures } = faults(provider)
      downUntilHours[site] = startHours
      nextFailureHours[site] = startHours + rng.exponential(hoursBetweenFailures)
      sinceHours[site] = startHours
      continue
    }
    busyGpus[site] = earlier.busyGpus
    downUntilHours[site] = earlier.downUntilHours
    nextFailureHours[site] = earlier.nextFailureHours
    sinceHours[site] = earlier.sinceHours
    onGpuHours[site] = earlier.onGpuHours
    busyGpuHours[site] = earlier.busyGpuHours
    pricedUsd[site] = earlier.pricedUsd
  }
  return { plan, busyGpus, downUntilHours, nextFailureHours, sinceHours, onGpuHours, busyGpuHours, pricedUsd }
}
