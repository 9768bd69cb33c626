import { Schema } from "effect"
import { FormulaInvalid, parseFormula, textMax } from "../formula.ts"
import { exp, ln } from "../maths.ts"
import { quantity } from "../quantity.ts"
import { DAYS_PER_YEAR } from "../units.ts"
import { fields } from "./fluctuation.ts"

/** The demand for jobs: what each buyer asks for, times growth, a formula, and a fluctuation common to all buyers. */
export const Params = Schema.Struct({
  growthPerYear: quantity("Growth of the number of jobs", { unit: "share per year", min: -0.99, max: 100 }),
  formula: Schema.optionalKey(
    Schema.String.check(Schema.isMaxLength(textMax)).annotate({
      title: `a formula of day in at most ${textMax} characters`,
      description: "What the number of jobs is multiplied by, by days since the start [times]",
      examples: ["1 + 0.3 * sin(2 * pi * day / 7)"],
    }),
  ),
  ...fields,
})

const factorMax = 1e6

/** What a formula of the day multiplies demand by; 1 where there is none. Throws `FormulaInvalid`, at once or on a day without a factor. */
export const factorOn = (text: string | undefined): ((day: number) => number) => {
  if (text === undefined) return () => 1
  const formula = parseFormula(text, ["day"])
  return (day) => {
    const factor = formula(day)
    if (factor >= 0 && factor <= factorMax) return factor
    throw new FormulaInvalid({ message: `gives ${factor} on day ${day}, expected 0 to ${factorMax}`, at: 0 })
  }
}

export const growthFactor = (growthPerYear: number, day: number): number => exp((ln(1 + growthPerYear) * day) / DAYS_PER_YEAR)
