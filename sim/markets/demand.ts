import { Schema } from "effect"
import { exp, ln } from "../maths.ts"
import { quantity } from "../quantity.ts"
import { DAYS_PER_YEAR } from "../units.ts"
import { fields } from "./fluctuation.ts"

/** The demand for jobs: what each buyer asks for, times growth, times a fluctuation common to all buyers. */
export const Params = Schema.Struct({
  growthPerYear: quantity("Growth of the number of jobs", { unit: "share per year", min: -0.99, max: 100 }),
  ...fields,
})

export const growthFactor = (growthPerYear: number, day: number): number => exp((ln(1 + growthPerYear) * day) / DAYS_PER_YEAR)
