import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { parquetWriteBuffer } from "hyparquet-writer"

/** One column of a result table. */
export interface Column {
  readonly name: string
  readonly type: "INT32" | "DOUBLE" | "STRING"
  readonly data: ReadonlyArray<number> | ReadonlyArray<string>
}

export type Table = ReadonlyArray<Column>

/** The table as a Parquet file: equal tables give equal bytes. */
export const tableBytes = (table: Table): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: table.map(({ name, type, data }) => ({ name, type, data: [...data], nullable: false })),
      createdBy: "depinlab",
    }),
  )

/** The rows of a Parquet file, each as an object; of the wanted columns those that it has, where any are named. */
export const tableRows = (
  bytes: Uint8Array,
  columns?: ReadonlyArray<string>,
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> => {
  const file = new Uint8Array(bytes).buffer
  if (columns === undefined) return parquetReadObjects({ file })
  const metadata = parquetMetadata(file)
  return parquetReadObjects({
    file,
    metadata,
    columns: metadata.schema.slice(1).flatMap(({ name }) => (columns.includes(name) ? [name] : [])),
  })
}
