import { Schema } from "effect"
import type { Moment } from "../../clock.ts"
import type { Rng } from "../../rng.ts"
import { HOURS_PER_DAY } from "../../units.ts"
import { adoptionFactor, Params as Adoption } from "./adoption.ts"
import { crowd, ownShare, Params as Bursts } from "./bursts.ts"
import { cycleFactor, cycleMax, Params as Cycle } from "./cycle.ts"
import { jobsOn, Params as Table } from "./table.ts"

/** When jobs come: a Poisson stream, and whatever of these is named. */
export const Params = Schema.Struct({
  cycle: Schema.optionalKey(Cycle),
  adoption: Schema.optionalKey(Adoption),
  bursts: Schema.optionalKey(Bursts),
  table: Schema.optionalKey(Table),
})
export type Params = typeof Params.Type

export interface Arrivals {
  /** Within the tick. */
  readonly hours: ReadonlyArray<number>
  /** Jobs of later ticks that are on their way, in hours from the start of the run. */
  readonly pending: ReadonlyArray<number>
}

/** Jobs that are to be expected on a day, before the market's factor. */
export const expectedJobs = ({ adoption, table }: Params, jobsPerDay: number, day: number): number =>
  (table === undefined ? jobsPerDay : jobsOn(table, day)) * (adoption === undefined ? 1 : adoptionFactor(adoption, day))

/** One buyer's jobs of a tick. `jobsPerDay` is its own number, which a table replaces, and `factor` is the market's. */
export const drawArrivals = (
  params: Params,
  jobsPerDay: number,
  factor: number,
  now: Moment,
  pending: ReadonlyArray<number>,
  rng: Rng,
): Arrivals => {
  const startHours = (now.tick - 1) * now.hours
  const { cycle, bursts } = params
  const base = expectedJobs(params, jobsPerDay, now.day) * factor
  const most = cycle === undefined ? 1 : cycleMax(cycle)
  const number = rng.poisson((base * now.hours * most * ownShare(bursts)) / HOURS_PER_DAY)
  const hours: Array<number> = []
  const later: Array<number> = []
  const take = (at: number) => void (at < now.hours ? hours.push(at) : later.push(startHours + at))
  for (const at of pending) take(at - startHours)
  for (let index = 0; index < number; index++) {
    const at = rng.between(0, now.hours)
    // Thinning: the stream of the highest rate, of which each job stays with the chance that the rate of its hour is of it.
    if (cycle !== undefined && rng.uniform() * most >= cycleFactor(cycle, now, at)) continue
    for (const one of crowd(bursts, at, rng)) take(one)
  }
  return { hours, pending: later }
}
