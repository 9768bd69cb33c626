import { Schema } from "effect"
import { Params as Emissions } from "./protocols/emissions/index.ts"
import { count } from "./quantity.ts"
import type { JobKind } from "./jobs/kinds/index.ts"
import { type Profile, rateOf } from "./profile.ts"

const Sourced = { source: Schema.String, date: Schema.String }

/** What the buyers' outside option costs: one row an instance type of a cloud. */
export const CloudPreset = Schema.Struct({
  id: Schema.String,
  offers: Schema.Array(
    Schema.Struct({
      cloud: Schema.String,
      instance: Schema.String,
      gpu: Schema.String,
      usdPerGpuHour: Schema.Finite.check(Schema.isGreaterThan(0)),
      ...Sourced,
    }),
  ),
})
export type CloudPreset = typeof CloudPreset.Type

/** Electricity prices by region. */
export const EnergyPreset = Schema.Struct({
  id: Schema.String,
  regions: Schema.Array(
    Schema.Struct({ id: Schema.String, label: Schema.String, usdPerKwh: Schema.Finite.check(Schema.isGreaterThan(0)), ...Sourced }),
  ),
})
export type EnergyPreset = typeof EnergyPreset.Type

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

/** The cheapest cloud price for one work hour of a kind of job, in dollars; infinite where no instance type serves it. */
export const cloudUsdPerWorkHour = (cloud: CloudPreset, gpus: Catalogue["gpus"], job: JobKind): number => {
  const prices = cloud.offers.map(({ gpu, usdPerGpuHour }) => {
    const profile = gpus.get(gpu)
    const rate = profile === undefined ? undefined : rateOf(profile, job)
    return rate === undefined ? Infinity : usdPerGpuHour / rate
  })
  return Math.min(...prices)
}
