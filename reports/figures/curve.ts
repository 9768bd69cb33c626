import * as Plot from "@observablehq/plot"
import { amount, percent, titled } from "../amount.ts"
import type { Curve, CurvePoint } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour, dash } from "./palette.ts"
import { plot } from "./plot.ts"
import { shareAxis } from "./shareAxis.ts"

const MARGIN_LEFT = 44
const MARGIN_RIGHT = 12

/** Shares over classes of a number, each drawn in the middle of its class with a bar for its interval. */
export const drawCurve = (figure: Curve, { width, height, seed }: Frame): Drawing => {
  const all = figure.lines.flatMap(({ points }) => points)
  const low = Math.min(figure.rule.at / 2, ...all.map(({ from }) => from))
  const high = Math.max(figure.rule.at * 2, ...all.map(({ to }) => to))
  const ticks = [0.1, 0.25, 0.5, 1, 2, 4, 8].filter((tick) => tick >= low && tick <= high)
  const heading = titled(figure.heading, "share, %")
  const picture = plot({
    width,
    height,
    marginLeft: MARGIN_LEFT,
    marginRight: MARGIN_RIGHT,
    marginTop: 28,
    marginBottom: 40,
    x: { type: "log", domain: [low, high], label: null },
    y: { domain: [0, 1], label: null },
    marks: [
      ...shareAxis(),
      Plot.axisX(ticks, { tickFormat: (value: number) => `${value}`, tickSize: 5, fill: "var(--quiet)", stroke: "var(--rule)" }),
      Plot.text([figure.axis], { frameAnchor: "bottom-right", dy: 36, fill: "var(--quiet)" }),
      Plot.ruleX([figure.rule.at], { stroke: "var(--rule)", strokeWidth: 1.5 }),
      Plot.text([figure.rule.label], { x: figure.rule.at, y: 1, dx: 5, dy: 8, textAnchor: "start", fill: "var(--quiet)" }),
      ...figure.lines.flatMap(({ style, points }) => {
        const stroke = colour(style)
        return [
          Plot.ruleX(points, { x: middle, y1: "low", y2: "high", stroke, strokeOpacity: 0.6, strokeWidth: 2 }),
          Plot.line(points, { x: middle, y: "share", stroke, strokeDasharray: dash(style), strokeWidth: 2.2 }),
          Plot.dot(points, { x: middle, y: "share", r: 3.6, fill: stroke, stroke: "var(--page)", strokeWidth: 1 }),
          Plot.dot(seed === undefined ? [] : points.filter(({ bySeed }) => bySeed.has(seed)), {
            x: middle,
            y: (point: CurvePoint) => point.bySeed.get(seed ?? ""),
            r: 5.5,
            stroke: "var(--ink)",
            strokeWidth: 1.8,
          }),
        ]
      }),
      Plot.text([heading], { frameAnchor: "top-left", dx: -MARGIN_LEFT, dy: -28, fill: "var(--quiet)", fontWeight: 600 }),
    ],
  })
  const places = all.map(middle).toSorted((a, b) => a - b)
  const xOf = (value: number) => MARGIN_LEFT + (Math.log(value / low) / Math.log(high / low)) * (width - MARGIN_LEFT - MARGIN_RIGHT)
  return {
    svg: picture as SVGSVGElement,
    places: places.length,
    placeAt: (x) => places.reduce((best, value, at) => (Math.abs(xOf(value) - x) < Math.abs(xOf(places[best]!) - x) ? at : best), 0),
    probe: (place) => {
      const at = places[place] ?? low
      const shown = figure.lines.flatMap(({ label, style, points }) =>
        points.filter((point) => middle(point) === at).map((point) => ({ label, style, point })),
      )
      const [first] = shown
      return {
        x: xOf(at),
        heading: first === undefined ? "" : `${amount(first.point.from, "")} to ${amount(first.point.to, "")}`,
        lines: shown.map(({ label, style, point }) => ({
          label,
          style,
          text: percent(point.share),
          detail: `${percent(point.low)} to ${percent(point.high)}, n = ${point.count}`,
        })),
      }
    },
    seedAt: () => undefined,
  }
}

const middle = ({ from, to }: CurvePoint): number => Math.sqrt(from * to)
