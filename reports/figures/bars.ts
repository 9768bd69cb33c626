import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { amount, axisUnit, bare, change, changeRange, range, signedBare } from "../amount.ts"
import type { Bars } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour } from "./palette.ts"
import { fitted, plot, textWidth } from "./plot.ts"

const MARGIN = 7
const MARGIN_TOP = 6
const MARGIN_BOTTOM = 40
const TITLE_HEIGHT = 26
const BAR_HEIGHT = 15
const GAP = 12

const halo = { stroke: "var(--page)", strokeWidth: 5 } as const

const barsOf = ({ rows }: Bars): number => Math.max(1, ...rows.map(({ bars }) => bars.length))

const isStacked = ({ rows }: Bars, width: number): boolean =>
  rows.some(({ label, text }) => textWidth(label) + textWidth(text) + 2 * MARGIN + 12 > width)

const titleHeight = (bars: Bars, width: number): number => TITLE_HEIGHT + (isStacked(bars, width) ? 17 : 0)

const rowHeight = (bars: Bars, width: number): number => titleHeight(bars, width) + barsOf(bars) * BAR_HEIGHT + GAP

export const barsHeight = (bars: Bars, width: number): number => MARGIN_TOP + MARGIN_BOTTOM + bars.rows.length * rowHeight(bars, width)

/** One row for each name: its words above, its bars with their intervals below. */
export const drawBars = (bars: Bars, { width }: Frame): Drawing => {
  const [low, high] = domain(bars)
  const within = (value: number) => Math.min(high, Math.max(low, value))
  const height = rowHeight(bars, width)
  const title = titleHeight(bars, width)
  const stacked = isStacked(bars, width)
  const written = (value: number) => (bars.isChange ? signedBare(value, bars.unit) : bare(value, bars.unit))
  const all = bars.rows.flatMap((row, i) =>
    row.bars.map((bar, j) => ({
      ...bar,
      top: i * height + title + j * BAR_HEIGHT,
      middle: i * height + title + (j + 0.5) * BAR_HEIGHT - 1.5,
    })),
  )
  const extents = bars.rows.flatMap(({ extent }, i) =>
    extent === undefined
      ? []
      : [{ from: extent[0], to: extent[1], top: i * height + title - 2, bottom: i * height + title + barsOf(bars) * BAR_HEIGHT - 1 }],
  )
  const axisTicks = ticks(low, high, Math.max(3, Math.floor(width / 90)))
  const figure = plot({
    width,
    height: barsHeight(bars, width),
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginTop: MARGIN_TOP,
    marginBottom: MARGIN_BOTTOM,
    x: { domain: [low, high], label: null },
    y: { domain: [0, bars.rows.length * height], reverse: true, axis: null },
    marks: [
      Plot.gridX(axisTicks, { stroke: "var(--hairline)", strokeOpacity: 1 }),
      Plot.axisX(axisTicks, { tickFormat: written, tickSize: 0, fill: "var(--quiet)" }),
      Plot.text([fitted([bars.heading, axisUnit(bars.unit)].filter(Boolean).join(", "), width - 2 * MARGIN)], {
        frameAnchor: "bottom-right",
        dy: 38,
        fill: "var(--quiet)",
      }),
      Plot.rect(extents, { x1: "from", x2: "to", y1: "top", y2: "bottom", fill: "var(--shock)" }),
      Plot.rect(all, {
        x1: bars.origin,
        x2: (bar) => within(bar.to),
        y1: "top",
        y2: (bar) => bar.top + BAR_HEIGHT - 3,
        fill: (bar) => colour(bar.style),
        fillOpacity: 0.8,
      }),
      Plot.ruleY(
        all.filter((bar) => Number.isFinite(bar.low)),
        { y: "middle", x1: (bar) => within(bar.low), x2: (bar) => within(bar.high), stroke: "var(--ink)", strokeWidth: 1.5 },
      ),
      Plot.ruleX(
        all
          .filter((bar) => Number.isFinite(bar.low))
          .flatMap((bar) => [bar.low, bar.high].map((end) => ({ end: within(end), middle: bar.middle }))),
        { x: "end", y1: (end) => end.middle - 3, y2: (end) => end.middle + 3, stroke: "var(--ink)", strokeWidth: 1.5 },
      ),
      Plot.ruleX([bars.origin], { stroke: "var(--rule)", strokeWidth: 1.5 }),
      Plot.text(bars.rows, {
        x: low,
        y: (_, i) => i * height + 12,
        text: (row) => fitted(row.label, width - 2 * MARGIN),
        textAnchor: "start",
        ...halo,
        fill: "var(--ink)",
        fontWeight: 600,
      }),
      Plot.text(bars.rows, {
        x: stacked ? low : high,
        y: (_, i) => i * height + (stacked ? 29 : 12),
        text: (row) => fitted(row.text, width - 2 * MARGIN),
        textAnchor: stacked ? "start" : "end",
        ...halo,
        fill: "var(--quiet)",
      }),
    ],
  })
  const xOf = (value: number) => MARGIN + ((within(value) - low) / (high - low)) * (width - 2 * MARGIN)
  return {
    svg: figure as SVGSVGElement,
    places: bars.rows.length,
    placeAt: (_, y) => Math.min(bars.rows.length - 1, Math.max(0, Math.floor((y - MARGIN_TOP) / height))),
    probe: (place) => {
      const row = bars.rows[place]
      if (row === undefined) return { x: 0, y: 0, heading: "", lines: [] }
      const [write, writeRange] = bars.isChange ? [change, changeRange] : [amount, range]
      return {
        x: xOf(row.bars[0]?.to ?? bars.origin),
        y: MARGIN_TOP + place * height + title + barsOf(bars) * BAR_HEIGHT,
        heading: row.label,
        lines: row.bars.map(({ name, style, to, low: from, high: until }) => ({
          label: name,
          style,
          text: write(to, bars.unit),
          detail: Number.isFinite(from) ? writeRange(from, until, bars.unit) : "",
        })),
      }
    },
    seedAt: () => undefined,
  }
}

const domain = ({ rows, origin }: Bars): readonly [number, number] => {
  const ends = [
    origin,
    ...rows.flatMap(({ bars, extent }) => [...bars.flatMap(({ to, low, high }) => [to, low, high]), ...(extent ?? [])]),
  ].filter(Number.isFinite)
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const room = (high - low) * 0.04 || 1
  return [low === origin ? low : low - room, high + room]
}
