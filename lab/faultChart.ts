import { ticks } from "d3-array"
import { bare, axisUnit } from "../reports/amount.ts"

/** One scenario's metric by day, over seeds. */
export interface FaultLine {
  readonly label: string
  readonly bySeed: ReadonlyArray<ReadonlyArray<number>>
}

export interface FaultChart {
  readonly title: string
  readonly unit: string
  readonly days: number
  readonly without: FaultLine
  readonly with: FaultLine
  readonly fault: { readonly label: string; readonly fromDay: number; readonly toDay: number }
}

const [width, height, left, right, top, bottom] = [720, 300, 64, 16, 58, 34]
/** Those of the report (Okabe and Ito 2008), in its light theme. */
const colours = { without: "#0072b2", with: "#d55e00", ink: "#1d1f24", quiet: "#5c616b", hairline: "#e6e5e0", fault: "#f0ede4" }

/** A small picture for the documents: medians and ranges over seeds, without and with a fault, whose days are shaded. */
export const faultChart = ({ title, unit, days, without, with: hit, fault }: FaultChart): string => {
  const values = [...without.bySeed, ...hit.bySeed].flat().filter(Number.isFinite)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const low = least >= 0 && least < most * 0.6 ? 0 : least
  const high = most === low ? low + 1 : most
  const x = (day: number) => one(left + (day / days) * (width - left - right))
  const y = (value: number) => one(height - bottom - ((value - low) / (high - low)) * (height - top - bottom))
  const text = (content: string, at: { x: number; y: number }, more = "") =>
    `<text x="${at.x}" y="${at.y}" ${more}>${content.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</text>`
  const line = ({ bySeed }: FaultLine, colour: string, dash: string) => {
    const over = (pick: (sorted: ReadonlyArray<number>) => number) =>
      Array.from({ length: days }, (_, day) => pick(bySeed.map((series) => series[day]!).sort((a, b) => a - b)))
    const points = (series: ReadonlyArray<number>) => series.map((value, day) => `${x(day + 1)},${y(value)}`)
    const band = [...points(over((sorted) => sorted.at(-1)!)), ...points(over((sorted) => sorted[0]!)).reverse()]
    return [
      `<polygon points="${band.join(" ")}" fill="${colour}" fill-opacity="0.14"/>`,
      `<polyline points="${points(over((sorted) => sorted[sorted.length >> 1]!)).join(" ")}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
    ]
  }
  const legend = (label: string, at: number, colour: string, dash: string) => [
    `<line x1="${at}" x2="${at + 26}" y1="38" y2="38" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
    text(label, { x: at + 32, y: 42 }),
  ]
  const toDay = Math.min(fault.toDay, days)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" fill="${colours.ink}">`,
    `<rect width="100%" height="100%" fill="#fdfdfb"/>`,
    `<rect x="${x(fault.fromDay)}" y="${top}" width="${one(x(toDay) - x(fault.fromDay))}" height="${height - top - bottom}" fill="${colours.fault}"/>`,
    text([title, axisUnit(unit)].filter(Boolean).join(", "), { x: 10, y: 20 }, `font-size="14" font-weight="600"`),
    ...legend(without.label, 10, colours.without, ""),
    ...legend(hit.label, 60 + without.label.length * 7, colours.with, "7 3"),
    ...ticks(low, high, 5).flatMap((tick) => [
      `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${colours.hairline}"/>`,
      text(bare(tick, unit), { x: left - 6, y: one(y(tick) + 4) }, `text-anchor="end" fill="${colours.quiet}"`),
    ]),
    ...ticks(0, days, 9).map((day) =>
      text(day === 0 ? "Day 0" : `${day}`, { x: x(day), y: height - 12 }, `text-anchor="middle" fill="${colours.quiet}"`),
    ),
    ...line(without, colours.without, ""),
    ...line(hit, colours.with, "7 3"),
    text(fault.label, { x: one(x(fault.fromDay) + 4), y: top + 13 }, `fill="${colours.quiet}"`),
    "</svg>\n",
  ].join("\n")
}

const one = (value: number): number => Number(value.toFixed(1))
