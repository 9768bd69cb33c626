import { atLevel, type MeanInterval } from "../../../sim/stats/mean.ts"
import { simultaneousLevel } from "../../../sim/stats/simultaneousLevel.ts"
import { change, changeRange, changeReading } from "../../amount.ts"
import type { Figure } from "../../figure.ts"
import { sampled } from "../sampled.ts"
import type { Sweep, SweepOutcome } from "../sweep.ts"
import { type SweepChartMaker, outcomeText, within } from "../sweepChart.ts"

/** So many variants have a row with a name each; more stand side by side. */
const ROWS_MAX = 14
/** A point and its interval are two marks of a drawing. */
const POINTS_MAX = 2_000

/** What each variant changes, on the same seeds as the base. */
export const againstBase: SweepChartMaker = (sweep, { outcome }) => {
  const { data } = sweep
  const known = data.variants
    .filter(({ index }) => index !== data.base)
    .map(({ index }) => ({ variant: index, interval: sweep.difference(outcome.id, index) }))
    .filter(({ interval }) => Number.isFinite(interval.mean))
    .toSorted((a, b) => b.interval.mean - a.interval.mean)
  // What is the same in every run was decided by no draw, so it is not one of the intervals that could be wrong.
  const same = known.filter(({ interval }) => isSame(interval)).length
  const level = simultaneousLevel(known.length - same)
  const all = known.map(({ variant, interval }): Change => ({ variant, ...interval, atOnce: atLevel(interval, level) }))
  const [first] = all
  if (first === undefined) return undefined
  const up = all.filter(({ atOnce }) => atOnce.low > 0).length
  const down = all.filter(({ atOnce }) => atOnce.high < 0).length
  const hasIntervals = all.some(({ low }) => Number.isFinite(low))
  const table = {
    header: ["Variant", "Difference", "95 % low", "95 % high", "All at once low", "All at once high", "Pairs"],
    rows: all.map(({ variant, mean, low, high, atOnce, count }) => [sweep.name(variant), mean, low, high, atOnce.low, atOnce.high, count]),
  }
  return {
    id: "against-base",
    title: `What does each variant change in ${within(outcome.label)}?`,
    reading:
      `Against ${sweep.name(data.base)}, ${up} of ${all.length} variants are clearly higher and ${down} clearly lower` +
      (same > 0 ? `, and ${same} the same to the last digit` : "") +
      `; the largest gain is ${changeReading(first, outcome.unit)} at ${sweep.name(first.variant)}.`,
    caption:
      "Mean difference to the base over pairs of runs of one seed" +
      (hasIntervals
        ? `; line: 95 % interval (Student's t) of each by itself. Clearly: zero is outside also at the level at which all ${known.length - same} hold at once with 95 % (Bonferroni)`
        : "") +
      `.${all.length > ROWS_MAX ? " Variants stand in the order of their difference." : ""}` +
      (all.length > POINTS_MAX ? ` Drawn: ${POINTS_MAX} of ${all.length}, evenly chosen; the table has all.` : ""),
    legend:
      all.length > ROWS_MAX && hasIntervals
        ? [
            { label: "clearly not zero", style: 0 },
            { label: "zero is possible", style: 6 },
          ]
        : [],
    figures: [all.length <= ROWS_MAX ? rows(sweep, outcome, all) : line(sweep, outcome, all)],
    table,
    download: table,
  }
}

interface Change extends MeanInterval {
  readonly variant: number
  /** At the level at which all of them hold together. */
  readonly atOnce: MeanInterval
}

const isSame = ({ mean, low, high }: MeanInterval): boolean => mean === 0 && (Number.isNaN(low) || low === high)

const rows = (sweep: Sweep, outcome: SweepOutcome, all: ReadonlyArray<Change>): Figure => ({
  kind: "spans",
  heading: `Change of ${within(outcomeText(outcome))}`,
  unit: outcome.unit,
  isChange: true,
  rows: all.map((one) => ({
    label: sweep.name(one.variant),
    style: 0,
    middle: one.mean,
    low: one.low,
    high: one.high,
    text: changeReading(one, outcome.unit),
    bySeed: new Map(),
    variant: one.variant,
  })),
})

const line = (sweep: Sweep, outcome: SweepOutcome, all: ReadonlyArray<Change>): Figure => ({
  kind: "scatter",
  heading: `Change of ${within(outcomeText(outcome))}`,
  x: {
    label: "variants, from the largest gain to the largest loss",
    unit: "",
    names: [1, all.length].map((at) => ({ at, name: String(at) })),
  },
  y: { unit: outcome.unit, isChange: true },
  points: sampled(
    all.map((one, i) => ({ ...one, place: i + 1 })),
    POINTS_MAX,
  ).map(({ place, variant, mean, low, high, atOnce, count }) => ({
    x: place,
    y: mean,
    yLow: low,
    yHigh: high,
    style: atOnce.low > 0 || atOnce.high < 0 ? 0 : 6,
    heading: sweep.name(variant),
    text: change(mean, outcome.unit),
    detail: Number.isFinite(low) ? `${changeRange(low, high, outcome.unit)}, ${count} pairs` : "",
    variant,
  })),
  paths: [],
  rules: [0],
})
