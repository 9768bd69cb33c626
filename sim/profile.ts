import { Schema } from "effect"
import { DeviceKind } from "./devices/deviceKind.ts"
import { type JobKind, jobKinds, kinds } from "./jobs/kinds/index.ts"

/**
 * How a figure is known: measured by this project's kernels, scaled from a neighbour by a datasheet ratio,
 * read in a public source, or assumed.
 */
export const Provenance = Schema.Literals(["measured", "scaled", "public", "assumed"])

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

const Figure = Schema.Struct({
  value: Positive,
  /** What one in ten is expected to lie below, and above, where the error of the figure is known. */
  low: Schema.optionalKey(Positive),
  high: Schema.optionalKey(Positive),
  provenance: Provenance,
  source: Schema.String,
})

/** A figure a kind of work; a class does not serve a kind that it lacks. */
const Figures = Schema.Struct(
  Object.fromEntries(jobKinds.map((kind) => [kind, Schema.optionalKey(Figure)])) as {
    readonly [Kind in JobKind]: Schema.optionalKey<typeof Figure>
  },
)

/**
 * A class of GPU, or of other devices, of which a unit stands where a GPU stands. Rates count work hours done in one hour of one GPU, where the
 * reference class does 1 of each kind.
 */
export const Profile = Schema.Struct({
  id: Schema.String,
  label: Schema.String,
  date: Schema.String,
  memoryGib: Schema.optionalKey(Schema.Finite),
  /** Of devices that are no GPUs: by which rules they prove their work, and what one of them is called. */
  device: Schema.optionalKey(DeviceKind),
  unit: Schema.optionalKey(Schema.String),
  workHoursPerGpuHour: Figures,
  /** At the wall, with the GPU's share of its host. */
  loadWatts: Figure,
  idleWatts: Figure,
  /** At the wall too, for readers: the energy of a run follows from its watts. */
  joulesPerWorkHour: Schema.optionalKey(Figures),
  /** What one costs its owner, with its share of the host. */
  usdPerGpu: Schema.optionalKey(Schema.Struct({ ...Figure.fields, date: Schema.String })),
})
export type Profile = typeof Profile.Type

/** The reference class of a file does one work hour of each of its kinds in an hour; devices have one for each kind. */
export const Profiles = Schema.Struct({
  reference: Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.String)]),
  profiles: Schema.Array(Profile),
})
export type Profiles = typeof Profiles.Type

/** Work hours of a kind that one GPU of the class does in an hour; undefined where it does not serve the kind. An hour of a live session is one. */
export const rateOf = (profile: Profile, kind: JobKind): number | undefined => {
  const figure = profile.workHoursPerGpuHour[kind]
  return figure !== undefined && kinds[kind].isLive ? 1 : figure?.value
}
