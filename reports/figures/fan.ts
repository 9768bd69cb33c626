import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { amount, axisUnit, bare, change, changeRange, changeUnit, range, signedBare, titled } from "../amount.ts"
import type { Fan, FanLine } from "../figure.ts"
import type { SeedSeries } from "../report.ts"
import type { Drawing, Frame, Probe } from "./drawing.ts"
import { colour, dash } from "./palette.ts"
import { plot, textWidth } from "./plot.ts"
import { shockLabels } from "./shockLabels.ts"

/** Pixels between a click and a line that still count as a hit. */
const REACH = 24
const MARGIN_RIGHT = 12
const LABEL_HEIGHT = 15
/** Above and below what is drawn, on a logarithmic axis. */
const LOG_ROOM = 1.1

/** Lines over days with their bands, shocks shaded behind them. */
export const drawFan = (fan: Fan, { width, height, seed }: Frame): Drawing => {
  const [low, high] = domain(fan, seed)
  const yTicks = fan.isLog === true ? logTicks(low, high) : ticks(low, high, Math.max(3, Math.round(height / 56)))
  const tickText = (value: number) => (fan.isChange ? signedBare(value, fan.unit) : bare(value, fan.unit))
  const marginLeft = 10 + Math.max(0, ...yTicks.map((value) => textWidth(tickText(value))))
  const xOf = (day: number) => marginLeft + (day / fan.days) * (width - marginLeft - MARGIN_RIGHT)
  const labels = shockLabels(fan.shocks, marginLeft, width - MARGIN_RIGHT, xOf)
  const labelRows = Math.max(0, ...labels.map(({ row }) => row + 1))
  const unit = fan.isChange ? changeUnit(fan.unit) : axisUnit(fan.unit)
  const heading = fan.heading.toLowerCase() === unit ? fan.heading : titled(fan.heading, unit)
  const marginTop = (heading === "" ? 8 : 28) + labelRows * LABEL_HEIGHT

  const figure = plot({
    width,
    height: height + labelRows * LABEL_HEIGHT,
    marginLeft,
    marginRight: MARGIN_RIGHT,
    marginTop,
    marginBottom: 24,
    x: { domain: [0, fan.days], label: null },
    y: { domain: [low, high], label: null, ...(fan.isLog === true ? { type: "log" as const } : {}) },
    marks: [
      Plot.rect(fan.shocks, { x1: "fromDay", x2: (shock) => Math.min(shock.toDay, fan.days), fill: "var(--shock)" }),
      Plot.gridY(yTicks, { stroke: "var(--hairline)", strokeOpacity: 1 }),
      Plot.axisY(yTicks, { tickFormat: tickText, tickSize: 0, fill: "var(--quiet)" }),
      Plot.axisX(dayTicks(fan.days, width), {
        tickFormat: (day: number) => (day === 0 ? "Day 0" : `${day}`),
        tickSize: 5,
        fill: "var(--quiet)",
        stroke: "var(--rule)",
      }),
      ...(fan.rule === undefined ? [] : [Plot.ruleY([fan.rule], { stroke: "var(--rule)", strokeWidth: 1.5 })]),
      ...fan.lines.flatMap((line) => lineMarks(line, seed)),
      Plot.dot(fan.points ?? [], { x: "day", y: "value", r: 3.2, fill: "var(--ink)", stroke: "var(--page)", strokeWidth: 1 }),
      ...labels.map(({ text, x, row }) =>
        Plot.text([text], { frameAnchor: "top-left", dx: x - marginLeft, dy: -LABEL_HEIGHT * (row + 1), fill: "var(--quiet)" }),
      ),
      Plot.text(heading === "" ? [] : [heading], {
        frameAnchor: "top-left",
        dx: -marginLeft,
        dy: -marginTop,
        fill: "var(--quiet)",
        fontWeight: 600,
      }),
    ],
  })
  const y = figure.scale("y")
  const yOf = (value: number): number => y?.apply(value) ?? NaN
  const dayAt = (x: number) => Math.min(fan.days - 1, Math.max(0, Math.round((x - marginLeft) / (xOf(1) - xOf(0)) - 1)))
  return {
    svg: figure as SVGSVGElement,
    places: fan.days,
    placeAt: dayAt,
    probe: (day) => ({ x: xOf(day + 1), ...probe(fan, day, seed) }),
    seedAt: (x, pointerY) =>
      nearestSeed(
        fan.lines.filter((line) => line.showsRuns),
        dayAt(x),
        (value) => Math.abs(yOf(value) - pointerY),
      ),
  }
}

const lineMarks = (line: FanLine, seed: string | undefined): ReadonlyArray<Plot.Markish> => {
  const days = line.centre.map((_, day) => day + 1)
  const selected = line.runs.filter((run) => run.seed === seed)
  const isDimmed = selected.length > 0
  const stroke = colour(line.style)
  const path = (values: ReadonlyArray<number>, options: Plot.LineYOptions) =>
    Plot.lineY(days, { x: days, y: days.map((_, day) => values[day] ?? NaN), strokeLinejoin: "round", ...options })
  return [
    ...line.bands.map(({ low, high }) =>
      Plot.areaY(days, { x: days, y1: low, y2: high, fill: stroke, fillOpacity: isDimmed ? 0.08 : 0.14 }),
    ),
    ...(line.showsRuns ? line.runs.map((run) => path(run.values, { stroke, strokeWidth: 0.8, strokeOpacity: 0.35 })) : []),
    path(line.centre, {
      stroke,
      strokeWidth: isDimmed ? 1.3 : 2.2,
      strokeOpacity: isDimmed ? 0.55 : 1,
      strokeDasharray: dash(line.style),
    }),
    ...selected.flatMap((run) => [
      path(run.values, { stroke: "var(--page)", strokeWidth: 5, strokeOpacity: 0.75 }),
      path(run.values, { stroke, strokeWidth: 2.4, strokeDasharray: dash(line.style) }),
    ]),
  ]
}

/** Everything that is drawn, and the rule; never an empty range. */
const domain = (fan: Fan, seed: string | undefined): readonly [number, number] => {
  const drawn = fan.lines.flatMap((line) => [
    ...line.centre,
    ...line.bands.flatMap(({ low, high }) => [...low, ...high]),
    ...line.runs.filter((run) => line.showsRuns || run.seed === seed).flatMap((run) => run.values),
  ])
  const values = [...drawn, ...(fan.points ?? []).map(({ value }) => value), fan.rule ?? NaN].filter(Number.isFinite)
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (fan.isLog === true) return low > high ? [1, 10] : [low / LOG_ROOM, high * LOG_ROOM]
  if (low > high) return [0, 1]
  if (low === high) return low === 0 ? [0, 1] : [Math.min(low * 0.9, low * 1.1), Math.max(low * 0.9, low * 1.1)]
  const isNearZero = low >= 0 && low < (high - low) * 0.6
  const room = (high - low) * 0.04
  return [isNearZero ? 0 : low === fan.rule ? low : low - room, high === fan.rule ? high : high + room]
}

/** 1, 2 and 5 times powers of ten, or of many powers only these; round steps where the range is too narrow for them. */
const logTicks = (low: number, high: number): ReadonlyArray<number> => {
  const lowest = Math.floor(Math.log10(low))
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - lowest + 1 }, (_, index) => lowest + index)
  const steps = powers.length > 4 ? [1] : [1, 2, 5]
  const found = powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`))).filter((value) => low <= value && value <= high)
  return found.length < 3 ? ticks(low, high, 4) : found
}

const dayTicks = (days: number, width: number): ReadonlyArray<number> =>
  ticks(0, days, Math.min(days, Math.max(3, Math.floor(width / 80)))).filter(Number.isInteger)

const probe = (fan: Fan, day: number, seed: string | undefined): Omit<Probe, "x"> => {
  const write = fan.isChange ? change : amount
  const writeRange = fan.isChange ? changeRange : range
  const shocks = fan.shocks.filter((shock) => shock.fromDay < day + 1 && day + 1 <= shock.toDay)
  return {
    heading: [`Day ${day + 1}`, ...shocks.map((shock) => shock.label)].join(" · "),
    lines: fan.lines.flatMap((line) => {
      const outer = line.bands[0]
      const [low, high] = [outer?.low[day] ?? NaN, outer?.high[day] ?? NaN]
      const selected = line.runs.filter((run) => run.seed === seed)
      return [
        {
          label: line.label,
          style: line.style,
          text: write(line.centre[day] ?? NaN, fan.unit),
          detail: Number.isNaN(low) ? "" : writeRange(low, high, fan.unit),
        },
        ...selected.map((run) => ({
          label: `Seed ${run.seed}`,
          style: line.style,
          text: write(run.values[day] ?? NaN, fan.unit),
          detail: "",
        })),
      ]
    }),
  }
}

const nearestSeed = (lines: ReadonlyArray<FanLine>, day: number, distance: (value: number) => number): string | undefined => {
  let nearest: SeedSeries | undefined
  let reach = REACH
  for (const run of lines.flatMap((line) => line.runs)) {
    const away = distance(run.values[day] ?? NaN)
    if (away < reach) [nearest, reach] = [run, away]
  }
  return nearest?.seed
}
