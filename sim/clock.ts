import { HOURS_PER_DAY, SECONDS_PER_DAY } from "./units.ts"

/** How simulated time is cut: ticks into days, days into epochs. */
export interface Calendar {
  /** First day, ISO date. */
  readonly start: string
  readonly days: number
  readonly ticksPerDay: number
  readonly epochDays: number
}

/** One simulated step. Ticks and epochs count from 1 and 0. */
export interface Moment {
  readonly tick: number
  /** Days since the start of the run, at the beginning of the tick. */
  readonly day: number
  readonly epoch: number
  /** Ticks since the epoch and the day began, from 0. */
  readonly tickOfEpoch: number
  readonly tickOfDay: number
  readonly ticksPerDay: number
  readonly isEpochEnd: boolean
  readonly isDayEnd: boolean
  /** Length of the tick, and of the epoch. */
  readonly hours: number
  readonly epochHours: number
  /** Timestamp of the blocks of this tick, Unix seconds. */
  readonly timestampSeconds: number
}

export const tickCount = (calendar: Calendar): number => calendar.days * calendar.ticksPerDay

export const moment = (calendar: Calendar, tick: number): Moment => {
  const ticksPerEpoch = calendar.epochDays * calendar.ticksPerDay
  const secondsPerTick = SECONDS_PER_DAY / calendar.ticksPerDay
  return {
    tick,
    day: (tick - 1) / calendar.ticksPerDay,
    epoch: Math.floor((tick - 1) / ticksPerEpoch),
    tickOfEpoch: (tick - 1) % ticksPerEpoch,
    tickOfDay: (tick - 1) % calendar.ticksPerDay,
    ticksPerDay: calendar.ticksPerDay,
    isEpochEnd: tick % ticksPerEpoch === 0,
    isDayEnd: tick % calendar.ticksPerDay === 0,
    hours: HOURS_PER_DAY / calendar.ticksPerDay,
    epochHours: HOURS_PER_DAY * calendar.epochDays,
    timestampSeconds: unixSeconds(calendar.start) + tick * secondsPerTick,
  }
}

/** Midnight UTC of an ISO date, in Unix seconds (days from civil, H. Hinnant; no Date, whose parsing depends on the host). */
export const unixSeconds = (isoDate: string): number => {
  const [year = 0, month = 0, day = 0] = isoDate.split("-").map(Number)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return (era * 146_097 + dayOfEra - 719_468) * SECONDS_PER_DAY
}
