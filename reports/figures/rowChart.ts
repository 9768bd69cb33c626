import * as Plot from "@observablehq/plot"
import { ticks } from "d3-array"
import { axisUnit, bare, changeUnit, signedBare, titled } from "../amount.ts"
import type { Drawing } from "./drawing.ts"
import { fitted, plot, textWidth } from "./plot.ts"

/** What figures have in common whose rows have their words above and share one axis of values below. */
export interface RowChart {
  readonly heading: string
  readonly unit: string
  readonly isChange: boolean
  readonly rows: ReadonlyArray<{ readonly label: string; readonly text: string }>
}

export interface RowPlace {
  /** Heights in pixels of one row, and of its words. */
  readonly row: number
  readonly words: number
  readonly whole: number
}

const MARGIN = 7
const MARGIN_TOP = 6
const MARGIN_BOTTOM = 40
const WORDS_HEIGHT = 26
/** Where name and numbers do not fit side by side, the numbers take a line of their own. */
const STACKED_WORDS_HEIGHT = 43

/** Keeps text readable over lines. */
const halo = { stroke: "var(--page)", strokeWidth: 5 } as const

const isStacked = (rows: RowChart["rows"], width: number): boolean =>
  rows.some(({ label, text }) => textWidth(label, true) + textWidth(text) + 2 * MARGIN + 12 > width)

/** The room that rows take whose marks need `marks` pixels below the words. */
export const rowPlace = (rows: RowChart["rows"], width: number, marks: number): RowPlace => {
  const words = isStacked(rows, width) ? STACKED_WORDS_HEIGHT : WORDS_HEIGHT
  return { row: words + marks, words, whole: MARGIN_TOP + MARGIN_BOTTOM + rows.length * (words + marks) }
}

/** Draws words, axis and marks; the vertical scale of `marks` is pixels from the top of the first row. */
export const drawRowChart = (
  { heading, unit, isChange, rows }: RowChart,
  { row, whole }: RowPlace,
  [low, high]: readonly [number, number],
  width: number,
  marks: ReadonlyArray<Plot.Markish>,
): Pick<Drawing, "svg" | "places" | "placeAt" | "seedAt"> & { readonly xOf: (value: number) => number; readonly top: number } => {
  const stacked = isStacked(rows, width)
  const axisTicks = ticks(low, high, Math.max(3, Math.floor(width / 90)))
  const words = (textOf: (row: RowChart["rows"][number]) => string, y: number, isBold: boolean, options: Plot.TextOptions) =>
    Plot.text(
      rows.map((one, i) => ({ text: fitted(textOf(one), width - 2 * MARGIN, isBold), y: i * row + y })),
      { text: "text", y: "y", ...halo, ...options },
    )
  const figure = plot({
    width,
    height: whole,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    marginTop: MARGIN_TOP,
    marginBottom: MARGIN_BOTTOM,
    x: { domain: [low, high], label: null },
    y: { domain: [0, rows.length * row], reverse: true, axis: null },
    marks: [
      Plot.gridX(axisTicks, { stroke: "var(--hairline)", strokeOpacity: 1 }),
      Plot.axisX(axisTicks, {
        tickFormat: (value: number) => (isChange ? signedBare(value, unit) : bare(value, unit)),
        tickSize: 0,
        fill: "var(--quiet)",
      }),
      Plot.text([fitted(titled(heading, isChange ? changeUnit(unit) : axisUnit(unit)), width - 2 * MARGIN)], {
        frameAnchor: "bottom-right",
        dy: 36,
        fill: "var(--quiet)",
      }),
      ...marks,
      words(({ label }) => label, 12, true, { x: low, textAnchor: "start", fill: "var(--ink)", fontWeight: 600 }),
      words(({ text }) => text, stacked ? 29 : 12, false, {
        x: stacked ? low : high,
        textAnchor: stacked ? "start" : "end",
        fill: "var(--quiet)",
      }),
    ],
  })
  return {
    svg: figure as SVGSVGElement,
    places: rows.length,
    placeAt: (_, y) => Math.min(rows.length - 1, Math.max(0, Math.floor((y - MARGIN_TOP) / row))),
    seedAt: () => undefined,
    xOf: (value) => MARGIN + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (width - 2 * MARGIN),
    top: MARGIN_TOP,
  }
}
