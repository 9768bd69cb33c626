import type { Shadow } from "../faults/shadow.ts"
import type { Site } from "../jobs/site.ts"
import type { Profile } from "../profile.ts"
import type { Rng } from "../rng.ts"
import type { AnyDeviceClass, Deployed, Proven } from "./deviceClass.ts"
import { type DeviceKind, deviceKinds } from "./deviceKind.ts"
import { devices, type Params as DeviceRules } from "./index.ts"

/** By which rules devices prove their work, and where the proof draws from. */
export interface Proofs {
  readonly rules: DeviceRules | undefined
  readonly epochHours: number
  readonly rng: (purpose: string) => Rng
}

/** Of an epoch and all devices with a proof. */
export interface AllProven {
  /** What an hour counts for, and the part of an hour on that an honest provider could claim. */
  readonly scales: ReadonlyMap<string, number>
  readonly dueShares: ReadonlyMap<string, number>
  /** What an hour of one more would count for, by place. */
  readonly newcomerScales: ReadonlyMap<string, number>
  readonly of: ReadonlyMap<string, Proven>
}

export const noneProven: AllProven = { of: new Map(), scales: new Map(), dueShares: new Map(), newcomerScales: new Map() }

export const proveEpoch = (
  openedAtGpuHours: ReadonlyMap<string, number>,
  sites: ReadonlyMap<string, Site>,
  gpus: ReadonlyMap<string, Profile>,
  shadow: Shadow,
  { rules, epochHours, rng }: Proofs,
): AllProven => {
  if (rules === undefined || deviceKinds.every((kind) => rules[kind] === undefined)) return noneProven
  const byKind = new Map<DeviceKind, Array<Deployed>>()
  for (const [provider, { plan, onGpuHours }] of sites) {
    const { device } = gpus.get(plan.gpu)!
    if (device === undefined || rules[device] === undefined) continue
    const onHours = Math.max(0, onGpuHours - (openedAtGpuHours.get(provider) ?? 0) - (shadow.get(provider)?.idleGpuHours ?? 0))
    const claimableHours = onHours + ((plan.claimedGpus ?? plan.gpusOn) - plan.gpusOn) * epochHours
    if (claimableHours === 0) continue
    const deployed = byKind.get(device) ?? []
    byKind.set(device, deployed)
    deployed.push({ provider, onHours, claimableHours, place: plan.region, claimedPlace: plan.claimedRegion ?? plan.region })
  }
  const of = new Map<string, Proven>()
  const scales = new Map<string, number>()
  const dueShares = new Map<string, number>()
  const newcomerScales = new Map<string, number>()
  for (const kind of deviceKinds) {
    const own = rules[kind]
    if (own === undefined) continue
    const { prove, newcomerScales: scalesOf }: AnyDeviceClass = devices[kind]
    const deployed = byKind.get(kind) ?? []
    const results = prove(own, deployed, epochHours, rng)
    for (const { provider, onHours } of deployed) {
      const result = results.get(provider)!
      of.set(provider, result)
      scales.set(provider, result.scale)
      dueShares.set(provider, onHours > 0 ? result.dueHours / onHours : result.scale)
    }
    for (const [place, scale] of scalesOf?.(own, deployed, epochHours) ?? []) newcomerScales.set(place, scale)
  }
  return { of, scales, dueShares, newcomerScales }
}
