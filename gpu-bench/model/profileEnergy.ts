import { type JobKind, kindOf } from "../../sim/jobs/kinds/index.ts"
import { type Profile, type Profiles, rateOf } from "../../sim/profile.ts"
import type { Datasheet } from "../datasheet.ts"
import type { Workload } from "../workload.ts"
import { bindingOf, type Card } from "./applicationModel.ts"
import type { Reached } from "./card.ts"

type Figure = Profile["loadWatts"]

export interface EnergyFacts {
  readonly workloads: ReadonlyMap<string, Workload>
  readonly cards: ReadonlyMap<string, Card>
  readonly datasheets: ReadonlyMap<string, Datasheet>
  readonly reached: ReadonlyMap<string, Reached>
}

/** How well a figure is known, best first. */
const byTrust = ["measured", "public", "scaled", "assumed"] as const

/**
 * Profiles with the energy of a work hour of each kind: an hour at load over the rate. The load is what the card was measured to draw in the
 * kernel that stands for the kind, with its host's share as before; else the profile's own.
 */
export const withEnergy = (profiles: Profiles, facts: EnergyFacts): Profiles => ({
  ...profiles,
  profiles: profiles.profiles.map((profile) => ({
    ...profile,
    joulesPerWorkHour: Object.fromEntries(
      Object.keys(profile.workHoursPerGpuHour).map((kind) => [kind, energyOf(profile, kind as JobKind, facts)]),
    ),
  })),
})

const energyOf = (profile: Profile, kind: JobKind, facts: EnergyFacts): Figure => {
  const rate = rateOf(profile, kind)!
  const known = profile.workHoursPerGpuHour[kind]!
  const { watts, provenance, source } = measuredLoad(profile, kind, facts) ?? plainLoad(profile, known)
  const { isLive } = kindOf(kind)
  return {
    value: joules(watts, rate),
    // The spread of a rate says nothing of a live session.
    ...(known.high !== undefined && !isLive && { low: joules(watts, known.high) }),
    ...(known.low !== undefined && !isLive && { high: joules(watts, known.low) }),
    provenance,
    source: `${source}, for an hour${isLive ? " of a session, which lasts as long on any hardware" : `, over a rate of ${rate}`}`,
  }
}

interface Load extends Pick<Figure, "provenance" | "source"> {
  readonly watts: number
}

const plainLoad = ({ loadWatts }: Profile, rate: Figure): Load => ({
  watts: loadWatts.value,
  provenance: byTrust[Math.max(byTrust.indexOf(loadWatts.provenance), byTrust.indexOf(rate.provenance))]!,
  source: `no energy was measured: ${loadWatts.value} W at load`,
})

const measuredLoad = (
  { id, loadWatts }: Profile,
  kind: JobKind,
  { workloads, cards, datasheets, reached }: EnergyFacts,
): Load | undefined => {
  const workload = [...workloads.values()].find((one) => one.kind === kind)
  const card = cards.get(id)
  const held = workload && card && bindingOf(workload, card)
  const drawn = held && reached.get(id)?.watts?.[held]
  if (drawn === undefined) return undefined
  const hostWatts = loadWatts.value - datasheets.get(id)!.boardWatts
  return {
    watts: drawn + hostWatts,
    provenance: "measured",
    source: `NVML's energy of a kernel bound by ${held}: ${drawn.toPrecision(3)} W of the card, and ${hostWatts} W of host`,
  }
}

const joules = (watts: number, rate: number): number => Number(((watts * 3600) / rate).toPrecision(3))
