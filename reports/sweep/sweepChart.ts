import { axisUnit, titled } from "../amount.ts"
import type { Chart } from "../chart.ts"
import type { Knob, Sweep, SweepOutcome } from "./sweep.ts"

/** What the reader looks at: one outcome, and two knobs to spread it over. */
export interface Choice {
  readonly outcome: SweepOutcome
  readonly across: Knob | undefined
  readonly up: Knob | undefined
}

/** Makes a chart of a sweep, or nothing where the result has none of it. */
export type SweepChartMaker = (sweep: Sweep, choice: Choice) => Chart | undefined

const windows: Readonly<Record<string, string>> = {
  end: "at the end",
  mean: "mean of the run",
  min: "lowest",
  max: "highest",
  sum: "in total",
}

/** A window of a run in words. */
export const windowText = (window: string): string => windows[window] ?? window

/** A label within a sentence: "Price in the pool" becomes "price in the pool", and "GPUs on" stays. */
export const within = (label: string): string => (/^\p{Lu}\p{Ll}/u.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label)

/** An outcome as the start of a phrase, e.g. "Profit of all providers, mean of the run". */
export const outcomeText = ({ label, window }: SweepOutcome): string => `${label}, ${windowText(window)}`

/** The same with its unit, as a column has it. */
export const outcomeTitle = (outcome: SweepOutcome): string => titled(outcomeText(outcome), axisUnit(outcome.unit))
