import { Schema } from "effect"
import { Id } from "./id.ts"
import { DayShape, Region } from "./markets/energy.ts"
import { Params as Emissions } from "./protocols/emissions/index.ts"
import { count, quantity } from "./quantity.ts"
import { JobKind, jobKinds } from "./jobs/kinds/index.ts"
import { type Profile, rateOf } from "./profile.ts"

const Sourced = { source: Schema.String, date: Schema.String }

/** What the buyers' outside option costs: one row an instance type of a cloud and terms, and one an egress price. */
export const CloudPreset = Schema.Struct({
  id: Schema.String,
  offers: Schema.Array(
    Schema.Struct({
      cloud: Schema.String,
      instance: Schema.String,
      gpu: Schema.String,
      /** On demand when left out; spot capacity may be taken back at any time. */
      terms: Schema.optionalKey(Schema.Literals(["onDemand", "spot"])),
      usdPerGpuHour: Schema.Finite.check(Schema.isGreaterThan(0)),
      ...Sourced,
    }),
  ),
  /** Data that leave the cloud for the internet. */
  egress: Schema.optionalKey(
    Schema.Array(Schema.Struct({ cloud: Schema.String, usdPerGib: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), ...Sourced })),
  ),
})
export type CloudPreset = typeof CloudPreset.Type

/** Where machines stand: the price of electricity, how it moves over the day, and how far it is to other places. */
export const EnergyPreset = Schema.Struct({
  id: Schema.String,
  regions: Schema.Array(Region),
  dayShapes: Schema.optionalKey(Schema.Array(DayShape)),
  /** Round trips between two places, the same both ways, or within one. */
  latencies: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({
        between: Schema.Tuple([Schema.String, Schema.String]),
        ms: Schema.Finite.check(Schema.isGreaterThan(0)),
        ...Sourced,
      }),
    ),
  ),
})
export type EnergyPreset = typeof EnergyPreset.Type

/** The round trip between two regions, or within one, in milliseconds; undefined where the preset says nothing. */
export const latencyMs = ({ regions, latencies = [] }: EnergyPreset, a: string, b: string): number | undefined => {
  const [from, to] = [a, b].map((region) => regions.find(({ id }) => id === region))
  const trip = latencies.find(
    ({ between: [one, other] }) => (one === from?.place && other === to?.place) || (one === to?.place && other === from?.place),
  )
  return trip === undefined ? undefined : trip.ms + (from?.lineMs ?? 0) + (to?.lineMs ?? 0)
}

/** The emission of a known network, as one of our models says it. */
export const EmissionPreset = Schema.Struct({
  id: Schema.String,
  network: Schema.String,
  epochDays: count("Epoch in which the model's numbers are given", { unit: "days", min: 1, max: 90 }),
  model: Emissions,
  /** What is left out or said otherwise than by the network. */
  notes: Schema.String,
  /** What nobody published, plainly. */
  assumed: Schema.optionalKey(Schema.String),
  ...Sourced,
})
export type EmissionPreset = typeof EmissionPreset.Type

/** The outside facts that a scenario names by id. */
export interface Catalogue {
  readonly gpus: ReadonlyMap<string, Profile>
  readonly clouds: ReadonlyMap<string, CloudPreset>
  readonly energies: ReadonlyMap<string, EnergyPreset>
}

/** How buyers use a cloud: the kinds of job that they run on spot capacity, and what leaves it for each work hour. */
export const CloudUse = Schema.Struct({
  preset: Id,
  spotKinds: Schema.optionalKey(Schema.Array(JobKind)),
  egressGibPerWorkHour: Schema.optionalKey(
    Schema.Struct(
      Object.fromEntries(
        jobKinds.map((kind) => [
          kind,
          Schema.optionalKey(quantity(`Data that leave the cloud with ${kind}`, { unit: "GiB per work hour", min: 0, max: 1_000 })),
        ]),
      ),
    ),
  ),
})
export type CloudUse = typeof CloudUse.Type

/** The cheapest cloud price for one work hour of a kind of job with what leaves the cloud, in dollars; infinite where no cloud does it. */
export const cloudUsdPerWorkHour = (
  { offers, egress = [] }: CloudPreset,
  gpus: Catalogue["gpus"],
  job: JobKind,
  { spotKinds = [], egressGibPerWorkHour }: Omit<CloudUse, "preset"> = {},
): number => {
  const gib = egressGibPerWorkHour?.[job] ?? 0
  const egressUsd = new Map(egress.map(({ cloud, usdPerGib }) => [cloud, usdPerGib * gib]))
  const prices = offers
    .filter(({ terms }) => terms !== "spot" || spotKinds.includes(job))
    .map(({ cloud, gpu, usdPerGpuHour }) => {
      const profile = gpus.get(gpu)
      const rate = profile === undefined ? undefined : rateOf(profile, job)
      return rate === undefined ? Infinity : usdPerGpuHour / rate + (gib > 0 ? (egressUsd.get(cloud) ?? 0) : 0)
    })
  return Math.min(...prices)
}
