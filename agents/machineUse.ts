import { Schema } from "effect"
import { localHour, type Region } from "../sim/markets/energy.ts"
import type { Profile } from "../sim/profile.ts"
import { or, quantity } from "../sim/quantity.ts"
import type { Rng } from "../sim/rng.ts"
import { HOURS_PER_DAY } from "../sim/units.ts"

/** Part of every day, in local time; `to` before `from` goes over midnight. */
export const Hours = Schema.Struct({
  from: quantity("Hour at which it begins", { unit: "hours", min: 0, max: 24 }).pipe(or(0)),
  to: quantity("Hour at which it ends", { unit: "hours", min: 0, max: 24 }).pipe(or(24)),
})
export type Hours = typeof Hours.Type

/** What a machine earns elsewhere while the network does not get it. */
export const Mining = Schema.Struct({
  usdPerGpuHour: quantity("What mining brings before its power", { unit: "USD per GPU hour", min: 0, max: 100 }),
  powerShare: quantity("Power of mining, of the power under load", { unit: "share", min: 0, max: 1 }).pipe(or(0.7)),
})
export type Mining = typeof Mining.Type

/** Work that the owner bought the machines for. It comes and goes. */
export const OwnUse = Schema.Struct({
  usdPerGpuHour: quantity("What it is worth to the owner before its power", { unit: "USD per GPU hour", min: 0, max: 1_000 }),
  share: quantity("Part of the hours named in which there is such work", { unit: "share", min: 0, max: 0.99 }),
  meanHours: quantity("Mean length of such work", { unit: "hours", min: 0.1, max: 10_000 }).pipe(or(8)),
  ...Hours.fields,
})
export type OwnUse = typeof OwnUse.Type

/** The parameters of a provider that has better things to do at times. */
export interface Choices {
  readonly plannedHours?: Hours
  readonly mining?: Mining
  readonly ownUse?: OwnUse
}

/** What such a provider remembers. */
export interface UseMemory {
  /** Whether the owner has work of its own. */
  readonly isWanted: boolean
  /** What a GPU hour in the network is expected to bring before its power, and the part of it in which it is busy. */
  readonly offerUsdPerGpuHour: number
  readonly busyShare: number
  /** Since the last review: hours, those in which the network had the machines, what they brought in the others, and would have in these. */
  readonly hours: number
  readonly offeredHours: number
  readonly asideUsd: number
  readonly forgoneUsd: number
}

export const noUse: UseMemory = {
  isWanted: false,
  offerUsdPerGpuHour: 0,
  busyShare: 0,
  hours: 0,
  offeredHours: 0,
  asideUsd: 0,
  forgoneUsd: 0,
}

/** A provider without choices is always on. */
export const hasChoices = ({ plannedHours, mining, ownUse }: Choices): boolean =>
  plannedHours !== undefined || mining !== undefined || ownUse !== undefined

export type Use = "network" | "mining" | "ownUse" | "off"

export const isWithin = ({ from, to }: Hours, hour: number): boolean => (from <= to ? hour >= from && hour < to : hour >= from || hour < to)

export const shareOfDay = ({ from, to }: Hours): number => (from <= to ? to - from : HOURS_PER_DAY - from + to) / HOURS_PER_DAY

/** Power of one GPU, busy for a part of an hour, in dollars an hour. */
export const powerUsdPerGpuHour = ({ idleWatts, loadWatts }: Profile, busyShare: number, usdPerKwh: number): number =>
  ((idleWatts.value * (1 - busyShare) + loadWatts.value * busyShare) / 1000) * usdPerKwh

const miningMarginUsd = ({ mining }: Choices, { loadWatts }: Profile, usdPerKwh: number): number =>
  mining === undefined ? -Infinity : mining.usdPerGpuHour - ((loadWatts.value * mining.powerShare) / 1000) * usdPerKwh

const ownUseMarginUsd = ({ ownUse }: Choices, profile: Profile, usdPerKwh: number): number =>
  ownUse === undefined ? -Infinity : ownUse.usdPerGpuHour - powerUsdPerGpuHour(profile, 1, usdPerKwh)

/** Whether the owner's own work goes on, ends or begins: a chain of two states with the mean length and the share that are asked for. */
const stepWanted = (ownUse: OwnUse, isWanted: boolean, hours: number, rng: Rng): boolean => {
  const ends = Math.min(1, hours / ownUse.meanHours)
  const begins = Math.min(1, (ends * ownUse.share) / (1 - ownUse.share))
  return isWanted ? !rng.chance(ends) : rng.chance(begins)
}

interface Circumstances {
  readonly memory: UseMemory
  readonly profile: Profile
  readonly region: Region
  readonly usdPerKwh: number
  /** Of the run's day at the beginning of the tick, and the tick's length. */
  readonly utcHour: number
  readonly hours: number
  readonly rng: (purpose: string) => Rng
}

export interface Chosen {
  readonly use: Use
  /** What a GPU hour of that use brings beyond its power, and what it would bring outside the network. */
  readonly marginUsd: number
  readonly elsewhereUsd: number
  readonly isWanted: boolean
}

/** The use with the best margin in this tick; none where all would cost more power than they bring. */
export const chooseUse = (choices: Choices, { memory, profile, region, usdPerKwh, utcHour, hours, rng }: Circumstances): Chosen => {
  const { plannedHours, ownUse } = choices
  const hour = localHour(region, utcHour + hours / 2)
  const isOwnHour = ownUse !== undefined && isWithin(ownUse, hour)
  const isWanted = isOwnHour && stepWanted(ownUse, memory.isWanted, hours, rng("ownUse"))
  let elsewhere: { use: Use; marginUsd: number } = { use: "off", marginUsd: 0 }
  const consider = (use: Use, marginUsd: number) => {
    if (marginUsd > elsewhere.marginUsd) elsewhere = { use, marginUsd }
  }
  consider("mining", miningMarginUsd(choices, profile, usdPerKwh))
  if (isWanted) consider("ownUse", ownUseMarginUsd(choices, profile, usdPerKwh))
  const offerUsd =
    plannedHours === undefined || isWithin(plannedHours, hour)
      ? memory.offerUsdPerGpuHour - powerUsdPerGpuHour(profile, memory.busyShare, usdPerKwh)
      : -Infinity
  const best = offerUsd >= elsewhere.marginUsd && offerUsd > 0 ? { use: "network" as const, marginUsd: offerUsd } : elsewhere
  return { ...best, elsewhereUsd: elsewhere.marginUsd, isWanted }
}

/** What a GPU brings in a mean hour when it can be in the network, and when it cannot; `offerUsd` is the network's margin over power. */
export const expectedMargins = (
  choices: Choices,
  profile: Profile,
  usdPerKwh: number,
  offerUsd: number,
): { readonly insideUsd: number; readonly outsideUsd: number } => {
  const { plannedHours, ownUse } = choices
  const wantedShare = ownUse === undefined ? 0 : ownUse.share * shareOfDay(ownUse)
  const plannedShare = plannedHours === undefined ? 1 : shareOfDay(plannedHours)
  const mine = Math.max(0, miningMarginUsd(choices, profile, usdPerKwh))
  const own = Math.max(mine, ownUseMarginUsd(choices, profile, usdPerKwh))
  const offered = (elsewhere: number) => plannedShare * Math.max(offerUsd, elsewhere) + (1 - plannedShare) * elsewhere
  return {
    insideUsd: wantedShare * offered(own) + (1 - wantedShare) * offered(mine),
    outsideUsd: wantedShare * own + (1 - wantedShare) * mine,
  }
}
