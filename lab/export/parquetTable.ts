import { renameSync } from "node:fs"
import { fileWriter } from "hyparquet-writer"
import { type Column, rowGroups } from "../execution/table.ts"

/** A column of an exported table. What has no value is null. */
export type ExportColumn = Omit<Column, "data">

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
  const table = rowGroups(fileWriter(temporary), columns, {
    groupRows: Math.ceil(CELLS_MAX / columns.length),
    nullable: true,
    about: metadata,
  })
  return {
    add: (rows) => {
      for (const row of rows) table.add(...row)
    },
    close: () => {
      table.finish()
      renameSync(temporary, path)
    },
  }
}
