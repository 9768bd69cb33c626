import * as Plot from "@observablehq/plot"
import { amount, change, changeRange, range } from "../amount.ts"
import type { Bars } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { colour } from "./palette.ts"
import { drawRowChart, rowPlace } from "./rowChart.ts"

const BAR_HEIGHT = 15
const GAP = 12

const barsOf = ({ rows }: Bars): number => Math.max(1, ...rows.map(({ bars }) => bars.length))

const placeOf = (bars: Bars, width: number) => rowPlace(bars.rows, width, barsOf(bars) * BAR_HEIGHT + GAP)

export const barsHeight = (bars: Bars, width: number): number => placeOf(bars, width).whole

/** One row for each name: its words above, its bars with their intervals below. */
export const drawBars = (bars: Bars, { width }: Frame): Drawing => {
  const [low, high] = domain(bars)
  const within = (value: number) => Math.min(high, Math.max(low, value))
  const place = placeOf(bars, width)
  const top = (row: number) => row * place.row + place.words
  const all = bars.rows.flatMap((row, i) =>
    row.bars.map((bar, j) => ({ ...bar, top: top(i) + j * BAR_HEIGHT, middle: top(i) + (j + 0.5) * BAR_HEIGHT - 1.5 })),
  )
  const known = all.filter((bar) => Number.isFinite(bar.low))
  const extents = bars.rows.flatMap(({ extent }, i) =>
    extent === undefined ? [] : [{ from: extent[0], to: extent[1], top: top(i) - 2, bottom: top(i) + barsOf(bars) * BAR_HEIGHT - 1 }],
  )
  const drawn = drawRowChart(bars, place, [low, high], width, [
    Plot.rect(extents, { x1: "from", x2: "to", y1: "top", y2: "bottom", fill: "var(--shock)" }),
    Plot.rect(all, {
      x1: bars.origin,
      x2: (bar) => within(bar.to),
      y1: "top",
      y2: (bar) => bar.top + BAR_HEIGHT - 3,
      fill: (bar) => colour(bar.style),
      fillOpacity: 0.8,
    }),
    Plot.ruleY(known, {
      y: "middle",
      x1: (bar) => within(bar.low),
      x2: (bar) => within(bar.high),
      stroke: "var(--ink)",
      strokeWidth: 1.5,
    }),
    Plot.ruleX(
      known.flatMap((bar) => [bar.low, bar.high].map((end) => ({ end: within(end), middle: bar.middle }))),
      { x: "end", y1: (end) => end.middle - 3, y2: (end) => end.middle + 3, stroke: "var(--ink)", strokeWidth: 1.5 },
    ),
    Plot.ruleX([bars.origin], { stroke: "var(--rule)", strokeWidth: 1.5 }),
  ])
  return {
    ...drawn,
    probe: (at) => {
      const row = bars.rows[at]
      if (row === undefined) return { x: 0, y: 0, heading: "", lines: [] }
      const [write, writeRange] = bars.isChange ? [change, changeRange] : [amount, range]
      return {
        x: drawn.xOf(row.bars[0]?.to ?? bars.origin),
        y: drawn.top + top(at) + barsOf(bars) * BAR_HEIGHT,
        heading: row.label,
        lines: row.bars.map(({ name, style, to, low: from, high: until }) => ({
          label: name,
          style,
          text: write(to, bars.unit),
          detail: Number.isFinite(from) ? writeRange(from, until, bars.unit) : "",
        })),
      }
    },
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
