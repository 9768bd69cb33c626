import * as Plot from "@observablehq/plot"
import { amount, axisUnit, bare, titled } from "../amount.ts"
import type { Heat, HeatCell } from "../figure.ts"
import type { Drawing, Frame } from "./drawing.ts"
import { fitted, plot, textWidth } from "./plot.ts"

/** From the top down: what is shown, on narrow screens the colours on a line of their own, and the vertical axis. */
const marginTop = (width: number): number => (isNarrow(width) ? 72 : 52)
const MARGIN_BOTTOM = 42
const MARGIN_RIGHT = 8
const RAMP_WIDTH = 132
const RAMP_STEPS = 33

const isNarrow = (width: number): boolean => width < 560

export const heatHeight = ({ rows }: Heat, width: number): number =>
  marginTop(width) + MARGIN_BOTTOM + Math.min(440, Math.max(rows.length * 30, Math.min(width * 0.5, rows.length * 46)))

/** Cells in the colours of Cividis (Nuñez, Anderton, Renslow 2018), which colour-blind readers see as others do. */
export const drawHeat = (heat: Heat, { width, height, variant }: Frame): Drawing => {
  const rowNames = heat.rows.map((row) => fitted(row, Math.max(60, width * 0.2)))
  const marginLeft = 12 + Math.max(0, ...rowNames.map((name) => textWidth(name)))
  const [low, high] = domain(heat)
  const cellWidth = (width - marginLeft - MARGIN_RIGHT) / heat.columns.length
  const top = marginTop(width)
  const cellHeight = (height - top - MARGIN_BOTTOM) / heat.rows.length
  const share = (value: number) => (value - low) / (high - low || 1)
  const isWritten = cellHeight >= 18 && heat.cells.every(({ value }) => textWidth(bare(value, heat.unit)) + 6 <= cellWidth)
  const every = Math.ceil(Math.max(1, (Math.max(...heat.columns.map((name) => textWidth(name))) + 10) / cellWidth))
  const heading = titled(heat.heading, axisUnit(heat.unit))
  const known = heat.cells.filter(({ value }) => Number.isFinite(value))
  const picked = heat.cells.filter((cell) => variant !== undefined && cell.variant === variant)
  const rect = (cells: ReadonlyArray<HeatCell>, options: Plot.RectOptions) =>
    Plot.rect(cells, { x1: "column", x2: (cell: HeatCell) => cell.column + 1, y1: "row", y2: (cell: HeatCell) => cell.row + 1, ...options })
  const figure = plot({
    width,
    height,
    marginLeft,
    marginRight: MARGIN_RIGHT,
    marginTop: top,
    marginBottom: MARGIN_BOTTOM,
    x: { domain: [0, heat.columns.length], axis: null },
    y: { domain: [0, heat.rows.length], axis: null },
    color: { type: "linear", scheme: "cividis", domain: [low, high] },
    marks: [
      rect(heat.cells, { fill: "var(--wash)" }),
      rect(known, { fill: "value", inset: 0.5 }),
      Plot.text(isWritten ? known : [], {
        x: (cell: HeatCell) => cell.column + 0.5,
        y: (cell: HeatCell) => cell.row + 0.5,
        text: (cell: HeatCell) => bare(cell.value, heat.unit),
        fill: (cell: HeatCell) => (share(cell.value) < 0.55 ? "#ffffff" : "#111111"),
      }),
      Plot.link(border(heat, 1), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        stroke: "var(--page)",
        strokeWidth: 4,
        strokeLinecap: "square",
      }),
      Plot.link(border(heat, 1), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        stroke: "var(--ink)",
        strokeWidth: 1.6,
        strokeDasharray: "4 3",
      }),
      Plot.link(border(heat, 2), {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        stroke: "var(--page)",
        strokeWidth: 6,
        strokeLinecap: "square",
      }),
      Plot.link(border(heat, 2), { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: "var(--ink)", strokeWidth: 3, strokeLinecap: "square" }),
      rect(picked, { stroke: "var(--page)", strokeWidth: 3, inset: 4, fill: "none" }),
      rect(picked, { stroke: "var(--colour-1)", strokeWidth: 2, inset: 4, fill: "none" }),
      Plot.text(
        heat.columns.map((name, i) => ({ name, i })).filter(({ i }) => i % every === 0),
        { x: ({ i }: { i: number }) => i + 0.5, y: 0, dy: 14, text: "name", fill: "var(--quiet)" },
      ),
      Plot.text(rowNames, {
        x: 0,
        y: (_: string, i: number) => i + 0.5,
        dx: -8,
        text: (name: string) => name,
        textAnchor: "end",
        fill: "var(--quiet)",
      }),
      Plot.text([fitted(heat.columnAxis, width - marginLeft)], { frameAnchor: "bottom-right", dy: 36, fill: "var(--quiet)" }),
      Plot.text([fitted(`${heat.rowAxis} ↑`, width)], { frameAnchor: "top-left", dx: -marginLeft, dy: -18, fill: "var(--quiet)" }),
      Plot.text([fitted(heading, isNarrow(width) ? width : width - RAMP_WIDTH - 110, true)], {
        frameAnchor: "top-left",
        dx: -marginLeft,
        dy: -top,
        fill: "var(--quiet)",
        fontWeight: 600,
      }),
    ],
  })
  addRamp(
    figure as SVGSVGElement,
    width,
    (part) => figure.scale("color")?.apply(low + part * (high - low)) ?? "",
    bare(low, heat.unit),
    bare(high, heat.unit),
  )
  const at = new Map(heat.cells.map((cell, place) => [`${cell.column} ${cell.row}`, place]))
  return {
    svg: figure as SVGSVGElement,
    places: heat.cells.length,
    placeAt: (x, y) => {
      const column = Math.min(heat.columns.length - 1, Math.max(0, Math.floor((x - marginLeft) / cellWidth)))
      const row = Math.min(heat.rows.length - 1, Math.max(0, Math.floor((height - MARGIN_BOTTOM - y) / cellHeight)))
      return at.get(`${column} ${row}`) ?? 0
    },
    probe: (place) => {
      const cell = heat.cells[place]
      if (cell === undefined) return { x: 0, y: 0, heading: "", lines: [] }
      return {
        x: marginLeft + (cell.column + 0.5) * cellWidth,
        y: height - MARGIN_BOTTOM - (cell.row + 0.5) * cellHeight,
        heading: `${heat.columnAxis} ${heat.columns[cell.column]}; ${heat.rowAxis} ${heat.rows[cell.row]}`,
        lines: [{ label: "", text: amount(cell.value, heat.unit), detail: cell.detail }],
        ...(cell.variant === undefined ? {} : { variant: cell.variant }),
      }
    },
    seedAt: () => undefined,
  }
}

const domain = ({ cells }: Heat): readonly [number, number] => {
  const values = cells.map(({ value }) => value).filter(Number.isFinite)
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
}

interface Edge {
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
}

/** The sides of cells of at least a rank that have no such neighbour. */
const border = ({ cells }: Heat, rank: 1 | 2): ReadonlyArray<Edge> => {
  const inside = new Set(cells.filter(({ region }) => region >= rank).map(({ column, row }) => `${column} ${row}`))
  return cells
    .filter(({ region }) => region >= rank)
    .flatMap(({ column, row }) => [
      ...(inside.has(`${column - 1} ${row}`) ? [] : [{ x1: column, x2: column, y1: row, y2: row + 1 }]),
      ...(inside.has(`${column + 1} ${row}`) ? [] : [{ x1: column + 1, x2: column + 1, y1: row, y2: row + 1 }]),
      ...(inside.has(`${column} ${row - 1}`) ? [] : [{ x1: column, x2: column + 1, y1: row, y2: row }]),
      ...(inside.has(`${column} ${row + 1}`) ? [] : [{ x1: column, x2: column + 1, y1: row + 1, y2: row + 1 }]),
    ])
}

/** What the colours mean, at the right. */
const addRamp = (svg: SVGSVGElement, width: number, colourAt: (share: number) => string, low: string, high: string): void => {
  const make = (name: string, attributes: Readonly<Record<string, string | number>>, text = "") => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
    element.textContent = text
    svg.append(element)
  }
  const right = width - MARGIN_RIGHT - textWidth(high) - 6
  const left = right - RAMP_WIDTH
  const y = isNarrow(width) ? 32 : 12
  for (let i = 0; i < RAMP_STEPS; i++) {
    const x = left + (i * RAMP_WIDTH) / RAMP_STEPS
    make("rect", {
      x,
      y: y - 8,
      width: RAMP_WIDTH / RAMP_STEPS + (i < RAMP_STEPS - 1 ? 0.6 : 0),
      height: 9,
      fill: colourAt(i / (RAMP_STEPS - 1)),
    })
  }
  make("text", { x: left - 6, y, "text-anchor": "end", fill: "var(--quiet)" }, low)
  make("text", { x: right + 6, y, "text-anchor": "start", fill: "var(--quiet)" }, high)
}
