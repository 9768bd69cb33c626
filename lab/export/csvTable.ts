import { closeSync, openSync, renameSync, writeSync } from "node:fs"
import { csv } from "../../reports/table.ts"
import type { ExportColumn, TableWriter } from "./parquetTable.ts"

/** Opens a CSV file (RFC 4180); what has no value is an empty cell. */
export const csvTable = (path: string, columns: ReadonlyArray<ExportColumn>): TableWriter => {
  const temporary = `${path}.${process.pid}.tmp`
  const file = openSync(temporary, "w")
  const write = (text: string) => {
    const bytes = new TextEncoder().encode(text)
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset)
  }
  const header = columns.map(({ name }) => name)
  const headerText = csv({ header, rows: [] })
  write(headerText)
  return {
    add: (rows) => write(csv({ header, rows: rows.map((row) => row.map((cell) => cell ?? "")) }).slice(headerText.length)),
    close: () => {
      closeSync(file)
      renameSync(temporary, path)
    },
  }
}
