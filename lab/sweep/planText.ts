import { number, textTable } from "../print.ts"
import { pathsOf } from "./sweepFile.ts"
import type { SweepPlan } from "./variants.ts"

/** What a plan amounts to, in numbers. A variant that repeats an earlier one needs no runs of its own. */
export const planCounts = ({ sweep: { design }, variants, seeds, duplicates, leftOut }: SweepPlan) => ({
  variants: variants.length,
  duplicates,
  leftOut,
  seeds: seeds.length,
  /** Of a design that learns from its runs the most that it may spend. */
  runs: "budget" in design ? design.budget : (variants.length - duplicates) * seeds.length,
})

export const planText = (plan: SweepPlan): string => {
  const { sweep, base } = plan
  const { variants, duplicates, leftOut, seeds, runs } = planCounts(plan)
  return [
    `${sweep.name}: ${sweep.question}`,
    `turns ${Object.keys(sweep.knobs).length} knobs of ${base.scenario.name} (${base.scenario.calendar.days} days) by the design ${sweep.design.kind}`,
    "budget" in sweep.design
      ? `asks for settings by what it has learned, each with ${seeds} seeds: at most ${runs} runs`
      : `${variants} variants with ${seeds} seeds each: ${runs} runs`,
    ...(duplicates > 0 ? [`${duplicates} variants have the scenario of an earlier one and share its runs`] : []),
    ...(leftOut > 0 ? [`${leftOut} points are left out by where`] : []),
  ].join("\n")
}

/** The knobs with how many different values they take, and which. */
export const knobTable = ({ sweep, variants }: SweepPlan): string =>
  textTable(
    ["knob", "values", "which", "path"],
    Object.entries(sweep.knobs).map(([knob, paths]) => {
      const values = [...new Set(variants.flatMap(({ values }) => (values[knob] === undefined ? [] : [values[knob]])))]
      return [knob, String(values.length), valuesText(values), pathsOf(paths).join(", ")]
    }),
  )

const listedMax = 6

const valuesText = (values: ReadonlyArray<number | string | boolean>): string => {
  const shown = (value: number | string | boolean) => (typeof value === "number" ? number(value) : String(value))
  if (values.length <= listedMax) return values.map(shown).join(", ")
  const numbers = values.filter((value) => typeof value === "number")
  if (numbers.length < values.length) return `${values.slice(0, listedMax).map(shown).join(", ")}, ...`
  const [low, high] = [numbers.reduce((least, value) => Math.min(least, value)), numbers.reduce((most, value) => Math.max(most, value))]
  return `${number(low)} to ${number(high)}`
}
