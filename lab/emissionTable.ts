import { dirname, join } from "node:path"
import { Schema } from "effect"
import { amountOfEpoch } from "../sim/protocols/emissions/table.ts"
import { type DataFile, readText, ScenarioInvalid } from "./dataFile.ts"
import { isMapping, valueAt, withValueAt } from "./mapping.ts"
import { printable } from "./printable.ts"
import { schemaProblems } from "./schemaProblems.ts"

/** How a scenario file names a table of emissions that stands in its folder or below. */
export const TableReference = Schema.Struct({
  kind: Schema.Literal("table"),
  file: Schema.String.check(Schema.isPattern(/^\w[\w-]*(\/\w[\w-]*)*\.csv$/)).annotate({
    title: "the name of a CSV file in the scenario's folder, such as amounts.csv",
  }),
})

const place = ["protocols", "emissions"] as const
const header = "epoch,tokens"

/**
 * A scenario's `emissions: { kind: table, file: NAME.csv }` with the file's amounts in its place, so that they are part of the scenario and of
 * its hash. Throws `ScenarioInvalid`.
 */
export const withTable = (file: DataFile): DataFile => {
  const emissions = valueAt(file.data, place)
  if (!isMapping(emissions) || emissions["file"] === undefined) return file
  const { value, problems } = schemaProblems(TableReference, emissions)
  if (value === undefined) throw file.invalid(problems.map((problem) => ({ ...problem, path: [...place, ...problem.path] })))
  const tokensPerEpoch = readAmounts(join(dirname(file.path), value.file))
  return { ...file, data: withValueAt(file.data, place, { kind: value.kind, tokensPerEpoch }) }
}

/** The second column of lines `epoch,tokens`, in which epochs count from 0; lines with # say where the numbers are from. */
const readAmounts = (path: string): ReadonlyArray<number> => {
  const lines = readText(path)
    .split(/\r?\n/)
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"))
  const [first, ...rows] = lines
  if (first?.text !== header) throw new ScenarioInvalid({ message: `${path}:${first?.number ?? 1}: expected the heading ${header}` })
  return rows.map(({ text, number }, epoch) => {
    const [, shownEpoch, digits] = /^(\d+),\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i.exec(text) ?? []
    const tokens = Number(digits)
    const { problems } = schemaProblems(amountOfEpoch, tokens)
    if (shownEpoch !== String(epoch) || problems.length > 0)
      throw new ScenarioInvalid({
        message: `${path}:${number}: got ${printable(text, 60)}, expected epoch ${epoch}, a comma and 0 to 1000000000 tokens, such as ${epoch},4000`,
      })
    return tokens
  })
}
