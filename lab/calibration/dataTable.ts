import { readText, ScenarioInvalid } from "../dataFile.ts"
import { printable } from "../printable.ts"
import { suggestion } from "../suggestion.ts"
import type { CalibrationSpec } from "./calibrationFile.ts"
import { nextLabel, type Period, periodOf } from "./period.ts"

/** The columns that a calibration reads, from the training's first period on. */
export interface DataTable {
  readonly periods: ReadonlyArray<Period>
  /** By series: one value a period, NaN where the file has none. */
  readonly values: ReadonlyMap<string, ReadonlyArray<number>>
}

/** Labels that a file may be without, one after the other, before it counts as broken. */
const gapMax = 1_000

/**
 * Reads a CSV file with a heading: fields with commas between them, lines with # say where the numbers are from, an empty field is a missing
 * value, and so is a period without a line. Throws `ScenarioInvalid`.
 */
export const readTable = (path: string, { data, training, holdOut, series }: CalibrationSpec): DataTable => {
  const lines = readText(path)
    .split(/\r?\n/)
    .map((text, index) => ({ cells: text.split(",").map((cell) => cell.trim()), number: index + 1, text }))
    .filter(({ text }) => text.trim() !== "" && !text.startsWith("#"))
  const [head, ...rows] = lines
  const wrong = (number: number, message: string) => new ScenarioInvalid({ message: `${path}:${number}: ${message}` })
  const place = (column: string) => {
    const index = head?.cells.indexOf(column) ?? -1
    if (index >= 0) return index
    throw wrong(head?.number ?? 1, `no column ${column}${suggestion(column, head?.cells ?? [])}`)
  }
  const labelLength = data.every === "month" ? 7 : 10
  const datePlace = place(data.dateColumn)
  const weeksPlace = data.weeksColumn === undefined ? undefined : place(data.weeksColumn)
  const columns = series.map(({ id, column }) => ({ id, column, place: place(column) }))

  const byLabel = new Map<string, { readonly period: Period; readonly cells: ReadonlyArray<number> }>()
  for (const { cells, number } of rows) {
    const numberIn = (index: number, column: string): number => {
      const text = cells[index] ?? ""
      const value = text === "" ? NaN : Number(text)
      if (text !== "" && !Number.isFinite(value)) throw wrong(number, `${column}: got ${printable(text, 40)}, expected a number or nothing`)
      return value
    }
    const label = (cells[datePlace] ?? "").slice(0, labelLength)
    if (!/^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/.test(label) || label.length !== labelLength)
      throw wrong(
        number,
        `${data.dateColumn}: got ${printable(label, 40)}, expected a ${data.every} such as ${"2024-10-31".slice(0, labelLength)}`,
      )
    if (byLabel.has(label)) throw wrong(number, `a second line for ${label}`)
    const weeks = weeksPlace === undefined ? undefined : numberIn(weeksPlace, data.weeksColumn!)
    if (weeks !== undefined && !(Number.isInteger(weeks) && weeks >= 1 && weeks <= 5))
      throw wrong(number, `${data.weeksColumn}: expected 1 to 5 whole weeks`)
    byLabel.set(label, { period: periodOf(data.every, label, weeks), cells: columns.map((one) => numberIn(one.place, one.column)) })
  }

  const last = [...byLabel.keys()].toSorted().at(-1) ?? ""
  const needed = holdOut?.to ?? training.to
  if (last < needed) throw wrong(rows.at(-1)?.number ?? 1, `the data end with ${last}, and ${needed} is asked for`)
  const to = holdOut === undefined ? training.to : (holdOut.to ?? last)
  const labels: Array<string> = []
  for (let label = training.from; label <= to && labels.length < gapMax + byLabel.size; label = nextLabel(data.every, label))
    labels.push(label)
  const missing = labels.filter((label) => !byLabel.has(label))
  if (byLabel.get(training.from) === undefined)
    throw wrong(head?.number ?? 1, `the data have no ${training.from}, with which the training begins`)
  if (weeksPlace !== undefined && missing.length > 0) throw wrong(head?.number ?? 1, `no line for ${missing[0]}, whose weeks are not known`)
  const found = labels.map((label) => byLabel.get(label) ?? { period: periodOf(data.every, label), cells: columns.map(() => NaN) })
  return {
    periods: found.map(({ period }) => period),
    values: new Map(
      series.map(({ id, of }, index) => [
        id,
        found.map(({ cells, period }) => (of === "flow" ? cells[index]! / period.days : cells[index]!)),
      ]),
    ),
  }
}

/** The same file as `readTable` reads, with a run's own values in it. */
export const tableText = ({ data, series }: CalibrationSpec, { periods, values }: DataTable, source: string): string =>
  [
    `# ${source}`,
    [data.dateColumn, ...(data.weeksColumn === undefined ? [] : [data.weeksColumn]), ...series.map(({ column }) => column)].join(","),
    ...periods.map(({ label, days }, index) =>
      [
        label,
        ...(data.weeksColumn === undefined ? [] : [days / 7]),
        ...series.map(({ id, of }) => values.get(id)![index]! * (of === "flow" ? days : 1)),
      ].join(","),
    ),
    "",
  ].join("\n")
