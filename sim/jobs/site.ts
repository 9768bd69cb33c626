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
