import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { axisUnit, bare, signedBare } from "../amount.ts"
import type { Spans } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour } from "./palette.ts"
import { fitted, plot, textWidth } from "./plot.ts"

const ROW_HEIGHT = 46
/** Where name and numbers do not fit side by side, the numbers take a line of their own. */
const STACKED_ROW_HEIGHT = 64
const MARGIN = 7
const MARGIN_TOP = 6
const MARGIN_BOTTOM = 38

/** Keeps text readable over lines. */
const halo = { stroke: "var(--page)", strokeWidth: 5 } as const

export const spansHeight = (spans: Spans, width: number): number => MARGIN_TOP + MARGIN_BOTTOM + spans.rows.length * rowHeight(spans, width)

const rowHeight = (spans: Spans, width: number): number => (isStacked(spans, width) ? STACKED_ROW_HEIGHT : ROW_HEIGHT)

const isStacked = ({ rows }: Spans, width: number): boolean =>
  rows.some(({ label, text }) => textWidth(label) + textWidth(text) + 2 * MARGIN + 12 > width)

/** One row for each group, its name and numbers above its interval, so that nothing is lost on a narrow screen. */
export const drawSpans = (spans: Spans, { width, seed }: Frame): Drawing => {
  const [low, high] = spans.domain ?? domain(spans)
  const indexes = spans.rows.map((_, i) => i)
  const of = <Value>(read: (row: Spans["rows"][number]) => Value) => spans.rows.map(read)
  const within = (value: number) => Math.min(high, Math.max(low, value))
  const clear = (row: Spans["rows"][number]) => (row.low > 0 || row.high < 0 || !spans.isChange ? 1 : 0.45)
  const stacked = isStacked(spans, width)
  const height = rowHeight(spans, width)
  const middle = stacked ? 0.74 : 0.66
  const figure = plot({
    width,
    height: spansHeight(spans, width),
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginTop: MARGIN_TOP,
    marginBottom: MARGIN_BOTTOM,
    x: { domain: [low, high], label: null },
    y: { domain: [0, spans.rows.length], reverse: true, axis: null },
    marks: [
      Plot.gridX(ticks(low, high, Math.max(3, Math.floor(width / 90))), { stroke: "var(--hairline)", strokeOpacity: 1 }),
      Plot.axisX(ticks(low, high, Math.max(3, Math.floor(width / 90))), {
        tickFormat: (value: number) => (spans.isChange ? signedBare(value, spans.unit) : bare(value, spans.unit)),
        tickSize: 0,
        fill: "var(--quiet)",
      }),
      Plot.text([[spans.heading, axisUnit(spans.unit)].filter(Boolean).join(", ")], {
        frameAnchor: "bottom-right",
        dy: 36,
        fill: "var(--quiet)",
      }),
      Plot.ruleX(
        [0].filter((zero) => low <= zero && zero <= high),
        { stroke: "var(--rule)", strokeWidth: 1.5 },
      ),
      Plot.ruleY(indexes, {
        y: (i: number) => i + middle,
        x1: of((row) => within(row.low)),
        x2: of((row) => within(row.high)),
        stroke: of((row) => colour(row.style)),
        strokeOpacity: of(clear),
        strokeWidth: 2,
      }),
      Plot.ruleY(indexes, {
        y: (i: number) => i + middle,
        x1: of((row) => within(row.inner?.[0] ?? NaN)),
        x2: of((row) => within(row.inner?.[1] ?? NaN)),
        stroke: of((row) => colour(row.style)),
        strokeWidth: 6,
        strokeOpacity: 0.75,
      }),
      Plot.dot(indexes, {
        x: of((row) => within(row.middle)),
        y: (i: number) => i + middle,
        r: 5,
        fill: of((row) => colour(row.style)),
        stroke: "var(--page)",
        strokeWidth: 1.5,
      }),
      Plot.dot(seed === undefined ? [] : indexes, {
        x: of((row) => within(row.bySeed.get(seed ?? "") ?? NaN)),
        y: (i: number) => i + middle,
        r: 6.5,
        stroke: "var(--ink)",
        strokeWidth: 1.8,
      }),
      Plot.text(indexes, {
        x: low,
        y: (i: number) => i + (stacked ? 0.2 : 0.3),
        text: of((row) => fitted(row.label, width - 2 * MARGIN)),
        textAnchor: "start",
        ...halo,
        fill: "var(--ink)",
        fontWeight: 600,
      }),
      Plot.text(indexes, {
        x: stacked ? low : high,
        y: (i: number) => i + (stacked ? 0.46 : 0.3),
        text: of((row) => row.text),
        textAnchor: stacked ? "start" : "end",
        ...halo,
        fill: "var(--quiet)",
      }),
    ],
  })
  const xOf = (value: number) => MARGIN + ((within(value) - low) / (high - low)) * (width - 2 * MARGIN)
  return {
    svg: figure as SVGSVGElement,
    places: spans.rows.length,
    placeAt: (_, y) => Math.min(spans.rows.length - 1, Math.max(0, Math.floor((y - MARGIN_TOP) / height))),
    probe: (place) => {
      const row = spans.rows[place]
      if (row === undefined) return { x: 0, heading: "", lines: [] }
      const ofSeed = seed === undefined ? undefined : row.bySeed.get(seed)
      return {
        x: xOf(row.middle),
        y: MARGIN_TOP + (place + middle) * height,
        heading: row.label,
        ...(row.variant === undefined ? {} : { variant: row.variant }),
        lines: [
          { label: "", style: row.style, text: row.text, detail: "" },
          ...(ofSeed === undefined ? [] : [{ label: `Seed ${seed}`, style: row.style, text: bare(ofSeed, spans.unit), detail: "" }]),
        ],
      }
    },
    seedAt: () => undefined,
  }
}

const domain = ({ rows }: Spans): readonly [number, number] => {
  const ends = rows.flatMap(({ low, high, middle }) => [low, high, middle]).filter(Number.isFinite)
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const room = (high - low) * 0.04 || 1
  return [low - room, high + room]
}
