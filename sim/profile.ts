import { Schema } from "effect"

/** Kinds of work that buyers ask for. */
export const jobKinds = ["training", "inference", "rendering"] as const
export const JobKind = Schema.Literals(jobKinds)
export type JobKind = typeof JobKind.Type

/**
 * How a figure is known: measured by this project's kernels, scaled from a neighbour by a datasheet ratio,
 * read in a public source, or assumed.
 */
export const Provenance = Schema.Literals(["measured", "scaled", "public", "assumed"])

const Figure = Schema.Struct({
  value: Schema.Finite.check(Schema.isGreaterThan(0)),
  provenance: Provenance,
  source: Schema.String,
})

/** A GPU class. Rates count work hours done in one hour of one GPU, where the reference class does 1 of each kind. */
export const Profile = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  date: Schema.String,
  memoryGib: Schema.Finite,
  workHoursPerGpuHour: Schema.Struct({ training: Figure, inference: Figure, rendering: Figure }),
  /** At the wall, with the GPU's share of its host. */
  loadWatts: Figure,
  idleWatts: Figure,
})
export type Profile = typeof Profile.Type

export const Profiles = Schema.Struct({ reference: Schema.String, profiles: Schema.Array(Profile) })
export type Profiles = typeof Profiles.Type
