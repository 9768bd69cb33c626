import { pairedDifference } from "../../sim/stats/pairedDifference.ts"
import { median } from "../../sim/stats/quantile.ts"
import { axisUnit, bare, changeReading, signedBare } from "../amount.ts"
import { el, svgEl } from "../el.ts"
import { colour } from "../figures/palette.ts"
import { inUnits } from "../inUnits.ts"
import { type Outcome, hasOutcome, outcomeByDay, outcomeBySeed, outcomeUnit, outcomes, pairedMeans } from "../outcome.ts"
import type { Report } from "../report.ts"
import { spread, spreadPhrase } from "../spread.ts"

const shown: ReadonlyArray<Outcome> = [outcomes.price, outcomes.providers, outcomes.profit, outcomes.servedShare, outcomes.poolAgainstHold]

/** The numbers to remember, each with its course over the run. */
export const headlines = (report: Report): HTMLElement | undefined => {
  const known = shown.filter((outcome) => hasOutcome(report, outcome))
  if (known.length === 0) return undefined
  return el("section", { class: "headlines", "aria-label": "Headline numbers" }, ...known.map((outcome) => headline(report, outcome)))
}

const headline = (report: Report, outcome: Outcome): HTMLElement => {
  const unit = outcomeUnit(report, outcome)
  const write = (value: number) => (outcome.isSigned ? signedBare(value, unit) : bare(value, unit))
  const base = outcomeBySeed(report, outcome, 0)
  const [value, around] = report.isCompare
    ? comparison(base, outcomeBySeed(report, outcome, 1), unit, write)
    : overSeeds([...base.values()], write)
  return el(
    "div",
    { class: "headline" },
    el("p", { class: "label" }, inUnits(report)(outcome.label)),
    el("p", { class: "value" }, value, " ", el("small", {}, axisUnit(unit))),
    el("p", { class: "range" }, around),
    sparkline(report, outcome),
  )
}

type Texts = readonly [value: string, around: string]

const overSeeds = (values: ReadonlyArray<number>, write: (value: number) => string): Texts => {
  const { count, middle, low, high } = spread(values)
  return [write(middle), count > 1 ? `${write(low)} to ${write(high)} ${spreadPhrase(count)}` : spreadPhrase(1)]
}

/** Means, because the paired difference is one of means. */
const comparison = (
  base: ReadonlyMap<string, number>,
  variant: ReadonlyMap<string, number>,
  unit: string,
  write: (value: number) => string,
): Texts => {
  const [from, to] = pairedMeans(base, variant)
  return [`${write(from)} → ${write(to)}`, changeReading(pairedDifference(base, variant), unit)]
}

const WIDTH = 120
const HEIGHT = 28

/** The median over seeds from the first day to the last. */
const sparkline = (report: Report, outcome: Outcome): SVGSVGElement => {
  const courses = report.scenarioNames.map((_, scenario) => {
    const runs = [...outcomeByDay(report, outcome, scenario).values()]
    return Array.from({ length: report.days }, (_, day) => median(runs.map((values) => values[day] ?? NaN)))
  })
  const values = courses.flat().filter(Number.isFinite)
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const point = (value: number, day: number) => {
    const x = 1 + (day / Math.max(1, report.days - 1)) * (WIDTH - 2)
    const y = HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4)
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  return svgEl(
    "svg",
    { class: "sparkline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    ...courses.map((course, style) =>
      svgEl("polyline", {
        points: course.flatMap((value, day) => (Number.isFinite(value) ? [point(value, day)] : [])).join(" "),
        fill: "none",
        stroke: colour(style),
        "stroke-width": 1.6,
        "vector-effect": "non-scaling-stroke",
      }),
    ),
  )
}
