import { Schema } from "effect"
import { quantity } from "../../quantity.ts"

/** One entry of a table. */
export const jobsOfDay = quantity("Jobs of a day", { unit: "jobs per day", min: 0, max: 1e6 })

/** Jobs of each day, for each buyer of the group. After the last one the table begins anew. A scenario may name a CSV file instead. */
export const Params = Schema.Struct({
  jobsPerDay: Schema.Array(jobsOfDay).check(Schema.isMinLength(1), Schema.isMaxLength(20_000)).annotate({
    title: "1 to 20000 numbers of jobs, one a day",
  }),
})

export const jobsOn = ({ jobsPerDay }: typeof Params.Type, day: number): number => jobsPerDay[Math.floor(day) % jobsPerDay.length]!
