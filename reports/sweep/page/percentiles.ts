import { amount, bare, meanAndRange } from "../../amount.ts"
import { el } from "../../el.ts"
import { columnHead, tableFrame } from "../../page/tableFrame.ts"
import type { SweepData } from "../../sweepData.ts"
import type { Sweep, Variant } from "../sweep.ts"
import { outcomeText } from "../sweepChart.ts"

type Percentile = SweepData["estimates"][string][number]["p50"]

/** What one variant came to over its seeds: mean, median and percentiles of each outcome, with intervals. */
export const percentiles = (sweep: Sweep, variant: Variant): HTMLElement =>
  el(
    "div",
    {},
    tableFrame(
      "Percentiles over the seeds of the variant",
      "percentiles",
      ["Outcome", "Mean", "10th percentile", "Median", "90th percentile"].map((title) => columnHead(title)),
      el("tbody", {}, ...sweep.data.outcomes.map((outcome) => row(sweep, outcome, variant))),
    ),
    el(
      "p",
      { class: "caption" },
      "With 95 % intervals. Those of percentiles lie between order statistics and hold for skewed outcomes too; a side that so few seeds cannot bound is open.",
    ),
  )

const row = (sweep: Sweep, outcome: SweepData["outcomes"][number], { index }: Variant): HTMLElement => {
  const { unit } = outcome
  const { p10, p50, p90 } = sweep.data.estimates[outcome.id]![index]!
  const cells = [meanAndRange(sweep.estimate(outcome.id, index), unit), ...[p10, p50, p90].map((percentile) => written(percentile, unit))]
  return el(
    "tr",
    {},
    el("th", { scope: "row", class: "text" }, outcomeText(outcome)),
    ...cells.map(({ mean, range }) => el("td", {}, mean, el("small", {}, range))),
  )
}

/** A percentile as a mean is written; of an interval that is open on one side the other end. */
export const written = ({ value, low, high }: Percentile, unit: string): Pick<ReturnType<typeof meanAndRange>, "mean" | "range"> => {
  if (low !== null && high !== null) return meanAndRange({ mean: value ?? NaN, low, high }, unit)
  return {
    mean: bare(value ?? NaN, unit),
    range: low !== null ? `at least ${amount(low, unit)}` : high !== null ? `at most ${amount(high, unit)}` : "not bounded",
  }
}
