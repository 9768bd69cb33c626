import { unixSeconds } from "../../sim/clock.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"

export const frequencies = ["day", "week", "month"] as const
export type Frequency = (typeof frequencies)[number]

/** A stretch of time that has one value in the data. */
export interface Period {
  /** ISO month, or ISO date of the first day. */
  readonly label: string
  readonly fromSeconds: number
  readonly days: number
}

/** The period of a label. Of a month made of whole weeks it is these weeks, from the first Monday on. */
export const periodOf = (every: Frequency, label: string, weeks?: number): Period => {
  if (every !== "month") return { label, fromSeconds: unixSeconds(label), days: every === "day" ? 1 : daysPerWeek }
  const fromSeconds = unixSeconds(`${label}-01`)
  if (weeks !== undefined) return { label, fromSeconds: firstMonday(fromSeconds), days: weeks * daysPerWeek }
  return { label, fromSeconds, days: (unixSeconds(`${nextMonth(label)}-01`) - fromSeconds) / SECONDS_PER_DAY }
}

/** All labels from one to another, both included. */
export const periodsBetween = (every: Frequency, from: string, to: string): ReadonlyArray<Period> => {
  const periods: Array<Period> = []
  for (let label = from; label <= to; label = nextLabel(every, label)) periods.push(periodOf(every, label))
  return periods
}

export const nextLabel = (every: Frequency, label: string): string =>
  every === "month" ? nextMonth(label) : isoDate(unixSeconds(label) + (every === "day" ? 1 : daysPerWeek) * SECONDS_PER_DAY)

const daysPerWeek = 7

const nextMonth = (label: string): string => {
  const [year = 0, month = 0] = label.split("-").map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`
}

/** 1 January 1970 was a Thursday, so three days after it comes a Monday that weeks are counted from. */
const firstMonday = (seconds: number): number => {
  const days = seconds / SECONDS_PER_DAY
  return (days + ((daysPerWeek - ((days + 3) % daysPerWeek)) % daysPerWeek)) * SECONDS_PER_DAY
}

const isoDate = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)
