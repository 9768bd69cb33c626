import { renameSync } from "node:fs"
import { fileWriter, ParquetWriter } from "hyparquet-writer"

/** A column of an exported table. What has no value is null. */
export interface ExportColumn {
  readonly name: string
  readonly type: "INT32" | "DOUBLE" | "STRING"
}

export type Cell = number | string | null
export type ExportRow = ReadonlyArray<Cell>

/** A table that is written while it is read: it keeps no more rows than one row group has. */
export interface TableWriter {
  readonly add: (rows: ReadonlyArray<ExportRow>) => void
  /** Puts the finished file in its place. */
  readonly close: () => void
}

/** Cells that are kept before they are written: about 16 MB. */
const CELLS_MAX = 1_000_000

/** Opens a Parquet file; equal rows in equal portions give equal bytes. */
export const parquetTable = (
  path: string,
  columns: ReadonlyArray<ExportColumn>,
  metadata: Readonly<Record<string, string>>,
): TableWriter => {
  const temporary = `${path}.${process.pid}.tmp`
  const file = fileWriter(temporary)
  const writer = new ParquetWriter({
    writer: file,
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(schemaElement)],
    createdBy: "depinlab",
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  })
  let waiting: Array<ExportRow> = []
  const flush = () => {
    if (waiting.length === 0) return
    const columnData = columns.map(({ name }, column) => ({ name, data: waiting.map((row) => row[column] ?? null) }))
    writer.write({ columnData, rowGroupSize: waiting.length })
    waiting = []
  }
  return {
    add: (rows) => {
      for (const row of rows) {
        waiting.push(row)
        if (waiting.length * columns.length >= CELLS_MAX) flush()
      }
    },
    close: () => {
      flush()
      writer.finish()
      renameSync(temporary, path)
    },
  }
}

const schemaElement = ({ name, type }: ExportColumn) =>
  type === "STRING"
    ? { name, type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const, repetition_type: "OPTIONAL" as const }
    : { name, type, repetition_type: "OPTIONAL" as const }
