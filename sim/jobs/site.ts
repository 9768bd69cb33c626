import type { Rng } from "../rng.ts"

/** What a provider decides about its machines for one tick. */
export interface SitePlan {
  readonly gpu: string
  /** Switched on; an honest provider claims no more than these. */
  readonly gpusOn: number
  /** Of those on, how many take jobs. */
  readonly gpusOffered: number
  readonly askUsdPerGpuHour: number
  /** Below this the machines are better idle; the ask where it is left out. What a provider bids from in an auction. */
  readonly floorUsdPerGpuHour?: number
  /** Where the machines stand; nowhere in particular where it is left out. */
  readonly region?: string
  /** Where the owner says that they stand, where that is elsewhere. */
  readonly claimedRegion?: string
  /** Units that the owner says are on; those that are where it is left out. */
  readonly claimedGpus?: number
  /** What the provider pays for electricity now. */
  readonly usdPerKwh: number
  /** Depreciation, financing and hosting of the GPUs that really exist. */
  readonly hardwareUsdPerHour: number
  /** Share of its jobs whose result it guesses, with its GPUs idle meanwhile; none when left out. */
  readonly guessedShare?: number
  /** What the owner does with machines that it keeps from the network. */
  readonly aside?: Aside
}

/** Machines that work for their owner and not for the network, and what that is worth beyond their power. */
export interface Aside {
  readonly use: "mining" | "ownUse"
  readonly gpus: number
  readonly usdPerHour: number
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
  /** Price of the hours that jobs ran, before the protocol's fee and whatever became of the jobs. */
  readonly pricedUsd: number
}

/** When a site breaks, and how long it stays broken. */
export interface Faults {
  readonly hoursBetweenFailures: number
  readonly repairHours: number
  readonly rng: Rng
}

/** A site that nobody asked to be on. */
export const off = ({ aside: _, claimedGpus: __, ...plan }: SitePlan): SitePlan => ({
  ...plan,
  gpusOn: 0,
  gpusOffered: 0,
  hardwareUsdPerHour: 0,
})
