import type { Rng } from "../rng.ts"

/** What a provider decides about its machines for one tick. */
export interface SitePlan {
  readonly gpu: string
  /** Switched on; an honest provider claims no more than these. */
  readonly gpusOn: number
  /** Of those on, how many take jobs. */
  readonly gpusOffered: number
  readonly askUsdPerGpuHour: number
  /** What the provider pays for electricity now. */
  readonly usdPerKwh: number
  /** Depreciation, financing and hosting of the GPUs that really exist. */
  readonly hardwareUsdPerHour: number
}

/** A provider's machines. Hours count from the start of the run. */
export interface Site {
  readonly plan: SitePlan
  readonly busyGpus: number
  readonly downUntilHours: number
  readonly nextFailureHours: number
  readonly sinceHours: number
  /** Totals since the run began; readers take differences. */
  readonly onGpuHours: number
  readonly busyGpuHours: number
}

/** When a site breaks, and how long it stays broken. */
export interface Faults {
  readonly hoursBetweenFailures: number
  readonly repairHours: number
  readonly rng: Rng
}

/** A site that nobody asked to be on. */
export const off = (plan: SitePlan): SitePlan => ({ ...plan, gpusOn: 0, gpusOffered: 0, hardwareUsdPerHour: 0 })

/** The site as it enters a tick under a new plan; GPUs with running jobs stay on until these end. */
export const openSite = (before: Site | undefined, plan: SitePlan, hours: number, faults: Faults): Site =>
  before === undefined
    ? {
        plan,
        busyGpus: 0,
        downUntilHours: hours,
        nextFailureHours: hours + faults.rng.exponential(faults.hoursBetweenFailures),
        sinceHours: hours,
        onGpuHours: 0,
        busyGpuHours: 0,
      }
    : { ...before, plan }

/** Counts the hours up to now, then takes or frees GPUs. */
export const advanceSite = (site: Site, hours: number, gpusTaken: number): Site => {
  const upHours = Math.max(0, hours - Math.max(site.sinceHours, site.downUntilHours))
  return {
    ...site,
    sinceHours: hours,
    busyGpus: site.busyGpus + gpusTaken,
    onGpuHours: site.onGpuHours + upHours * Math.max(site.plan.gpusOn, site.busyGpus),
    busyGpuHours: site.busyGpuHours + upHours * site.busyGpus,
  }
}

/** Everything on the site stops until it is repaired. */
export const failSite = (site: Site, hours: number, faults: Faults): Site => {
  const downUntilHours = hours + faults.rng.exponential(faults.repairHours)
  return {
    ...advanceSite(site, hours, -site.busyGpus),
    downUntilHours,
    nextFailureHours: downUntilHours + faults.rng.exponential(faults.hoursBetweenFailures),
  }
}
