import { noneProven, type Proofs, proveEpoch } from "../devices/proveEpoch.ts"
import { exp, ln } from "../maths.ts"
import { noShadow, type Shadow } from "../faults/shadow.ts"
import { type Profile, rateOf } from "../profile.ts"
import type { Rng } from "../rng.ts"
import { fromMicros, toMillis } from "../units.ts"
import type { Counts } from "./counts.ts"
import { jobKinds, kinds } from "./kinds/index.ts"
import type { Site } from "./site.ts"
import { noTakings, takenMicros, type Takings } from "./takings.ts"

/**
 * What counts for rewards of the last closed epoch, in thousandths of a work hour or of a dollar: what there really was, and what could be seen of it
 * from outside.
 */
export interface Work {
  readonly epoch: number
  readonly doneMillis: ReadonlyMap<string, bigint>
  readonly seenMillis: ReadonlyMap<string, bigint>
  /**
   * Of devices with a proof: what an hour counts for, the part of an hour on that an honest provider could claim, and
   * what an hour of one more would count for, by place.
   */
  readonly scales: ReadonlyMap<string, number>
  readonly dueShares: ReadonlyMap<string, number>
  readonly newcomerScales: ReadonlyMap<string, number>
  /** GPU hours of each site when the open epoch began. */
  readonly openedAtGpuHours: ReadonlyMap<string, number>
  readonly openedAtBusyGpuHours: ReadonlyMap<string, number>
}

export const noWork: Work = {
  epoch: -1,
  doneMillis: new Map(),
  seenMillis: new Map(),
  scales: new Map(),
  dueShares: new Map(),
  newcomerScales: new Map(),
  openedAtGpuHours: new Map(),
  openedAtBusyGpuHours: new Map(),
}

/**
 * Work hours that one GPU of a class stands for while it is on: the geometric mean of its rates for the rated kinds of work, as benchmark suites
 * are summed up; for a class that serves none of them, of all its rates.
 */
export const ratedWorkHours = (profile: Profile): number => {
  const served = jobKinds.filter((kind) => rateOf(profile, kind) !== undefined)
  const rated = served.filter((kind) => kinds[kind].isRated)
  const counted = rated.length > 0 ? rated : served
  return exp(counted.reduce((sum, kind) => sum + ln(rateOf(profile, kind)!), 0) / counted.length)
}

/**
 * Closes an epoch. A site may be out of sight for part of it (a cut between it and all oracles), though it worked: with the chance given,
 * a uniform share of its work goes unseen; payments are on the chain, where everybody sees them. What devices did and what is seen of it is for
 * their rules to say, if there are any.
 */
export const closeEpoch = (
  before: Work,
  epoch: number,
  sites: ReadonlyMap<string, Site>,
  gpus: ReadonlyMap<string, Profile>,
  unseenSharePerEpoch: number,
  sight: (provider: string) => Rng,
  shadow: Shadow = noShadow,
  proofs?: Proofs,
  counts: Counts = "capacity",
  takings: Takings = noTakings,
): Work => {
  const proven = proofs === undefined ? noneProven : proveEpoch(before.openedAtGpuHours, sites, gpus, shadow, proofs)
  const doneMillis = new Map<string, bigint>()
  const seenMillis = new Map<string, bigint>()
  const openedAtGpuHours = new Map<string, number>()
  const openedAtBusyGpuHours = new Map<string, number>()
  for (const [provider, site] of sites) {
    const workHours = ratedWorkHours(gpus.get(site.plan.gpu)!)
    const { idleGpuHours = 0, hiddenGpuHours = 0 } = shadow.get(provider) ?? {}
    const own = proven.of.get(provider)
    const onGpuHours = site.onGpuHours - (before.openedAtGpuHours.get(provider) ?? 0)
    const rng = sight(provider)
    const unseenShare = rng.chance(unseenSharePerEpoch) ? rng.uniform() : 0
    openedAtGpuHours.set(provider, site.onGpuHours)
    openedAtBusyGpuHours.set(provider, site.busyGpuHours)
    if (counts === "paid") {
      const paidMillis = toMillis(fromMicros(takenMicros(takings, provider)))
      doneMillis.set(provider, paidMillis)
      seenMillis.set(provider, paidMillis)
      continue
    }
    // What slows or hides machines does so to those that have jobs as to the others.
    const countedShare = counts === "capacity" ? 1 : busyShareOf(site, before, provider, onGpuHours)
    const hours = own === undefined ? (onGpuHours - idleGpuHours) * workHours : own.dueHours * workHours
    const seenHours = own === undefined ? hours : own.seenHours * workHours
    doneMillis.set(provider, toMillis(hours * countedShare))
    seenMillis.set(provider, toMillis(Math.max(0, seenHours - hiddenGpuHours * workHours) * (1 - unseenShare) * countedShare))
  }
  const { scales, dueShares, newcomerScales } = proven
  return { epoch, doneMillis, seenMillis, scales, dueShares, newcomerScales, openedAtGpuHours, openedAtBusyGpuHours }
}

const busyShareOf = ({ busyGpuHours }: Site, { openedAtBusyGpuHours }: Work, provider: string, onGpuHours: number): number =>
  onGpuHours > 0 ? (busyGpuHours - (openedAtBusyGpuHours.get(provider) ?? 0)) / onGpuHours : 0
