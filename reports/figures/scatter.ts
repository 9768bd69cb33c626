import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { axisUnit, bare, changeUnit, signedBare, titled } from "../amount.ts"
import type { Scatter, ScatterAxis, ScatterPoint } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { nameplates } from "./nameplates.ts"
import { colour, dash } from "./palette.ts"
import { fitted, plot, textWidth } from "./plot.ts"

const MARGIN_RIGHT = 14
const MARGIN_TOP = 28
const MARGIN_BOTTOM = 42
/** Pixels between a click and a point that still count as a hit. */
const REACH = 24

/** Points with their intervals, and paths behind them. */
export const drawScatter = (scatter: Scatter, { width, height, variant }: Frame): Drawing => {
  const points = scatter.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)).toSorted((a, b) => a.x - b.x || a.y - b.y)
  const paths = scatter.paths.map((path) => path.points)
  const [xLow, xHigh] = domain(scatter.x, [
    ...points.flatMap(({ x, xLow: a, xHigh: b }) => [x, a, b]),
    ...paths.flatMap((path) => path.map(([x]) => x)),
  ])
  const [yLow, yHigh] = domain(scatter.y, [
    ...points.flatMap(({ y, yLow: a, yHigh: b }) => [y, a, b]),
    ...paths.flatMap((path) => path.map(([, y]) => y)),
    ...scatter.rules,
  ])
  const yTicks = ticks(yLow, yHigh, Math.max(3, Math.round(height / 60)))
  const xTicks = ticks(xLow, xHigh, Math.max(3, Math.floor(width / 90))).filter((tick) => !scatter.x.isWhole || Number.isInteger(tick))
  const written = (axis: ScatterAxis) => (value: number) => (axis.isChange === true ? signedBare(value, axis.unit) : bare(value, axis.unit))
  // Signs are wider than digits.
  const marginLeft =
    (scatter.y.isChange === true || yTicks.some((value) => value < 0) ? 16 : 11) +
    Math.max(0, ...yTicks.map((value) => textWidth(written(scatter.y)(value))))
  const inner = width - marginLeft - MARGIN_RIGHT
  const xOf = (value: number) => marginLeft + ((value - xLow) / (xHigh - xLow)) * inner
  const yOf = (value: number) => height - MARGIN_BOTTOM - ((value - yLow) / (yHigh - yLow)) * (height - MARGIN_TOP - MARGIN_BOTTOM)
  const names = sparse(scatter.x.names ?? [], xOf)
  const isDense = points.length > 150
  const plates = nameplates(
    points.flatMap(({ x, y, name }) => (name === undefined ? [] : [{ name: fitted(name, width * 0.45, true), x: xOf(x), y: yOf(y) }])),
    { left: marginLeft, right: width, top: MARGIN_TOP, bottom: height - MARGIN_BOTTOM },
  )
  const ring = points.filter((point) => variant !== undefined && point.variant === variant)
  const figure = plot({
    width,
    height,
    marginLeft,
    marginRight: MARGIN_RIGHT,
    marginTop: MARGIN_TOP,
    marginBottom: MARGIN_BOTTOM,
    x: { domain: [xLow, xHigh], label: null },
    y: { domain: [yLow, yHigh], label: null },
    marks: [
      Plot.gridY(yTicks, { stroke: "var(--hairline)", strokeOpacity: 1 }),
      Plot.axisY(yTicks, { tickFormat: written(scatter.y), tickSize: 0, fill: "var(--quiet)" }),
      scatter.x.names === undefined
        ? Plot.axisX(xTicks, {
            tickFormat: written(scatter.x),
            tickSize: 5,
            fill: "var(--quiet)",
            stroke: "var(--rule)",
          })
        : Plot.axisX(
            names.map(({ at }) => at),
            {
              tickFormat: (value: number) => names.find(({ at }) => at === value)?.name ?? "",
              tickSize: 5,
              fill: "var(--quiet)",
              stroke: "var(--rule)",
            },
          ),
      Plot.ruleY(scatter.rules, { stroke: "var(--rule)", strokeWidth: 1.5 }),
      ...scatter.paths.map(({ style, points: path, isStep }) =>
        Plot.line(path, {
          stroke: colour(style),
          strokeWidth: 1.8,
          strokeDasharray: dash(style),
          curve: isStep === true ? "step-after" : "linear",
        }),
      ),
      Plot.ruleX(
        points.filter(({ yLow: a }) => Number.isFinite(a)),
        {
          x: "x",
          y1: "yLow",
          y2: "yHigh",
          stroke: (point: ScatterPoint) => colour(point.style),
          strokeOpacity: isDense ? 0.35 : 0.6,
          strokeWidth: isDense ? 1 : 1.8,
        },
      ),
      Plot.ruleY(
        points.filter(({ xLow: a }) => Number.isFinite(a)),
        {
          y: "y",
          x1: "xLow",
          x2: "xHigh",
          stroke: (point: ScatterPoint) => colour(point.style),
          strokeOpacity: isDense ? 0.35 : 0.6,
          strokeWidth: isDense ? 1 : 1.8,
        },
      ),
      Plot.dot(points, {
        x: "x",
        y: "y",
        r: isDense ? 2.4 : 4,
        fill: (point: ScatterPoint) => (point.isHollow === true ? "var(--page)" : colour(point.style)),
        stroke: (point: ScatterPoint) => (point.isHollow === true ? colour(point.style) : "var(--page)"),
        strokeWidth: (point: ScatterPoint) => (point.isHollow === true ? 1.6 : 1),
      }),
      Plot.dot(ring, { x: "x", y: "y", r: 8, stroke: "var(--ink)", strokeWidth: 2 }),
      ...plates.map(({ text, x, y }) =>
        Plot.text([text], {
          frameAnchor: "top-left",
          lineAnchor: "middle",
          dx: x - marginLeft,
          dy: y - MARGIN_TOP,
          stroke: "var(--page)",
          strokeWidth: 4,
          fill: "var(--ink)",
          fontWeight: 600,
        }),
      ),
      Plot.text([fitted(titled(scatter.x.label, unitOf(scatter.x)), inner)], {
        frameAnchor: "bottom-right",
        dy: 36,
        fill: "var(--quiet)",
      }),
      Plot.text([fitted(titled(scatter.heading, unitOf(scatter.y)), width, true)], {
        frameAnchor: "top-left",
        dx: -marginLeft,
        dy: -MARGIN_TOP,
        fill: "var(--quiet)",
        fontWeight: 600,
      }),
    ],
  })
  return {
    svg: figure as SVGSVGElement,
    places: points.length,
    placeAt: (x, y) => nearest(points, (point) => Math.hypot(xOf(point.x) - x, yOf(point.y) - y)),
    probe: (place) => {
      const point = points[place]
      if (point === undefined) return { x: 0, y: 0, heading: "", lines: [] }
      return {
        x: xOf(point.x),
        y: yOf(point.y),
        heading: point.heading,
        lines: [{ label: "", style: point.style, text: point.text, detail: point.detail }],
        ...(point.variant === undefined ? {} : { variant: point.variant }),
      }
    },
    seedAt: () => undefined,
    isHit: (place, x, y) => {
      const point = points[place]
      return point !== undefined && Math.hypot(xOf(point.x) - x, yOf(point.y) - y) < REACH
    },
  }
}

const unitOf = ({ unit, isChange, isDistance }: ScatterAxis): string => (isChange || isDistance ? changeUnit(unit) : axisUnit(unit))

const nearest = (points: ReadonlyArray<ScatterPoint>, distance: (point: ScatterPoint) => number): number => {
  let best = 0
  let reach = Infinity
  points.forEach((point, place) => {
    const away = distance(point)
    if (away < reach) [best, reach] = [place, away]
  })
  return best
}

/** Names that do not meet. */
const sparse = (names: NonNullable<ScatterAxis["names"]>, xOf: (value: number) => number): NonNullable<ScatterAxis["names"]> => {
  let end = -Infinity
  return names.filter(({ at, name }) => {
    const half = textWidth(name) / 2
    if (xOf(at) - half < end + 8) return false
    end = xOf(at) + half
    return true
  })
}

/** Everything that is drawn with some room; never an empty range. */
const domain = (axis: ScatterAxis, drawn: ReadonlyArray<number | undefined>): readonly [number, number] => {
  if (axis.domain !== undefined) return axis.domain
  const values = drawn.filter((value) => value !== undefined && Number.isFinite(value)) as ReadonlyArray<number>
  const low = values.reduce((least, value) => Math.min(least, value), Infinity)
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (low > high) return [0, 1]
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1
  return [low - room, high + room]
}
