import * as Plot from "@observablehq/plot"
import { bare } from "../amount.ts"
import type { SpanRow, Spans } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour } from "./palette.ts"
import { drawRowChart, rowPlace } from "./rowChart.ts"

const MARKS_HEIGHT = 20
/** The middle of a row's interval below its words. */
const MIDDLE = 4.5

export const spansHeight = (spans: Spans, width: number): number => rowPlace(spans.rows, width, MARKS_HEIGHT).whole

/** One row for each group, its name and numbers above its interval, so that nothing is lost on a narrow screen. */
export const drawSpans = (spans: Spans, { width, seed }: Frame): Drawing => {
  const [low, high] = spans.domain ?? domain(spans)
  const within = (value: number) => Math.min(high, Math.max(low, value))
  const place = rowPlace(spans.rows, width, MARKS_HEIGHT)
  const middleOf = (row: number) => row * place.row + place.words + MIDDLE
  const rows = spans.rows.map((row, i) => ({ ...row, y: middleOf(i) }))
  const stroke = ({ style }: SpanRow) => colour(style)
  const drawn = drawRowChart(spans, place, [low, high], width, [
    Plot.ruleX(
      [0].filter((zero) => low <= zero && zero <= high),
      { stroke: "var(--rule)", strokeWidth: 1.5 },
    ),
    Plot.ruleY(rows, {
      y: "y",
      x1: (row: SpanRow) => within(row.low),
      x2: (row: SpanRow) => within(row.high),
      stroke,
      strokeOpacity: (row: SpanRow) => (row.low > 0 || row.high < 0 || !spans.isChange ? 1 : 0.45),
      strokeWidth: 2,
    }),
    Plot.ruleY(rows, {
      y: "y",
      x1: (row: SpanRow) => within(row.inner?.[0] ?? NaN),
      x2: (row: SpanRow) => within(row.inner?.[1] ?? NaN),
      stroke,
      strokeWidth: 6,
      strokeOpacity: 0.75,
    }),
    Plot.dot(rows, { x: (row: SpanRow) => within(row.middle), y: "y", r: 5, fill: stroke, stroke: "var(--page)", strokeWidth: 1.5 }),
    Plot.dot(seed === undefined ? [] : rows, {
      x: (row: SpanRow) => within(row.bySeed.get(seed ?? "") ?? NaN),
      y: "y",
      r: 6.5,
      stroke: "var(--ink)",
      strokeWidth: 1.8,
    }),
  ])
  return {
    ...drawn,
    probe: (at) => {
      const row = spans.rows[at]
      if (row === undefined) return { x: 0, heading: "", lines: [] }
      const ofSeed = seed === undefined ? undefined : row.bySeed.get(seed)
      return {
        x: drawn.xOf(row.middle),
        y: drawn.top + middleOf(at),
        heading: row.label,
        ...(row.variant === undefined ? {} : { variant: row.variant }),
        lines: [
          { label: "", style: row.style, text: row.text, detail: "" },
          ...(ofSeed === undefined ? [] : [{ label: `Seed ${seed}`, style: row.style, text: bare(ofSeed, spans.unit), detail: "" }]),
        ],
      }
    },
  }
}

const domain = ({ rows }: Spans): readonly [number, number] => {
  const ends = rows.flatMap(({ low, high, middle }) => [low, high, middle]).filter(Number.isFinite)
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const room = (high - low) * 0.04 || 1
  return [low - room, high + room]
}
