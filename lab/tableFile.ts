import { Schema } from "effect"
import { readText, ScenarioInvalid } from "./dataFile.ts"
import { printable } from "./printable.ts"

/** The name of a table that stands in the scenario's folder or below. */
export const tableFileName = (example: string) =>
  Schema.String.check(Schema.isPattern(/^\w[\w-]*(\/\w[\w-]*)*\.csv$/)).annotate({
    title: `the name of a CSV file in the scenario's folder, such as ${example}`,
  })

interface TableForm {
  /** Of the first column, which counts from 0. */
  readonly row: string
  /** Of the second one. */
  readonly unit: string
  readonly max: number
  readonly example: number
  readonly isValid: (value: number) => boolean
}

/** The second column of a table of two; lines with # say where the numbers are from. Throws `ScenarioInvalid`. */
export const readTableFile = (path: string, { row, unit, max, example, isValid }: TableForm): ReadonlyArray<number> => {
  const header = `${row},${unit}`
  const lines = readText(path)
    .split(/\r?\n/)
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"))
  const [first, ...rows] = lines
  if (first?.text !== header) throw new ScenarioInvalid({ message: `${path}:${first?.number ?? 1}: expected the heading ${header}` })
  return rows.map(({ text, number }, place) => {
    const [, shown, digits] = /^(\d+),\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i.exec(text) ?? []
    const value = Number(digits)
    if (shown !== String(place) || !isValid(value))
      throw new ScenarioInvalid({
        message: `${path}:${number}: got ${printable(text, 60)}, expected ${row} ${place}, a comma and 0 to ${max} ${unit}, such as ${place},${example}`,
      })
    return value
  })
}
