import { dirname, join } from "node:path"
import { Schema } from "effect"
import { amountOfEpoch } from "../sim/protocols/emissions/table.ts"
import type { DataFile } from "./dataFile.ts"
import { isMapping, valueAt, withValueAt } from "./mapping.ts"
import { schemaProblems } from "./schemaProblems.ts"
import { readTableFile, tableFileName } from "./tableFile.ts"

/** How a scenario file names a table of emissions that stands in its folder or below. */
export const TableReference = Schema.Struct({
  kind: Schema.Literal("table"),
  file: tableFileName("amounts.csv"),
})

const place = ["protocols", "emissions"] as const

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

const readAmounts = (path: string): ReadonlyArray<number> =>
  readTableFile(path, {
    row: "epoch",
    unit: "tokens",
    max: 1_000_000_000,
    example: 4_000,
    isValid: (tokens) => schemaProblems(amountOfEpoch, tokens).problems.length === 0,
  })
