import type { Schema } from "effect"

/** Work that is left when a site breaks: for each GPU, and the clock hours that it takes to get going again. */
export interface Left {
  readonly workHoursPerGpu: number
  readonly setupHours: number
}

/** What a site broke in: the work that was to be done, and how long and how fast it was being done. */
export interface Broken extends Left {
  readonly hours: number
  readonly rate: number
  /** How often this part of the job has begun before. */
  readonly restarts: number
}

/** A kind of work that buyers ask for: how hardware and distance bear on it, and what a failure costs. */
export interface JobKindTerms<Fields extends Schema.Struct.Fields = Schema.Struct.Fields, P = Schema.Struct<Fields>["Type"]> {
  readonly label: string
  /** One of the kinds by whose geometric mean a class of hardware is rated for rewards, as benchmark suites are summed up. */
  readonly isRated: boolean
  /** Lasts as long as its user stays, whatever the hardware; another kind is done sooner on faster hardware. */
  readonly isLive: boolean
  readonly fields: Fields
  /** Whether hardware of this rate at this distance will do; all that has the kind will do where this is left out. */
  readonly canServe?: (params: P, rate: number, roundTripMs: number) => boolean
  /** Share of clock time that goes into the work itself; all of it where this is left out. */
  readonly workShare?: (params: P) => number
  /** Share of the requests of a stream that come back too late. */
  readonly lateShare?: (params: P, rate: number, roundTripMs: number) => number
  /** Undefined where the job is dead. */
  readonly afterFailure: (params: P, broken: Broken) => Left | undefined
}

export type AnyJobKind = JobKindTerms<any, any>

export const jobKind = <const Fields extends Schema.Struct.Fields>(terms: JobKindTerms<Fields>): JobKindTerms<Fields> => terms
