import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { ByteWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData, type Writer } from "hyparquet-writer"

/** One column of a result table. */
export interface Column {
  readonly name: string
  readonly type: "INT32" | "DOUBLE" | "STRING"
  readonly data: ReadonlyArray<number> | ReadonlyArray<string>
}

export type Table = ReadonlyArray<Column>

const createdBy = "depinlab"

/** The table as a Parquet file: equal tables give equal bytes. */
export const tableBytes = (table: Table): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: table.map(({ name, type, data }) => ({ name, type, data: [...data], nullable: false })),
      createdBy,
    }),
  )

/** A Parquet file that is encoded while its table grows: no more rows wait than one row group has. */
export interface RowGroups {
  /** A cell for each column. */
  readonly add: (...row: ReadonlyArray<number | string | null>) => void
  readonly rowCount: () => number
  readonly finish: () => void
}

/** Writes groups of `groupRows` rows, and what the file tells of itself; equal rows give equal bytes. */
export const rowGroups = (
  writer: Writer,
  columns: ReadonlyArray<Omit<Column, "data">>,
  {
    groupRows,
    nullable = false,
    about = {},
  }: { readonly groupRows: number; readonly nullable?: boolean; readonly about?: Readonly<Record<string, string>> },
): RowGroups => {
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData: columns.map((column) => ({ ...column, data: [], nullable })) }),
    createdBy,
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
  })
  let waiting = columns.map((): Array<number | string | null> => [])
  let rowCount = 0
  const encode = (): void => {
    file.write({ columnData: columns.map(({ name }, place) => ({ name, data: waiting[place]! })), rowGroupSize: groupRows })
    waiting = columns.map(() => [])
  }
  return {
    add: (...row) => {
      for (let place = 0; place < columns.length; place++) waiting[place]!.push(row[place]!)
      rowCount++
      if (rowCount % groupRows === 0) encode()
    },
    rowCount: () => rowCount,
    finish: () => {
      if (rowCount % groupRows > 0) encode()
      file.finish()
    },
  }
}

/** Of a table that is kept in memory; so many rows wait unencoded at most. */
const GROUP_ROWS = 8_192

/** A table that grows in memory; `close` gives its file. */
export const openTable = (
  columns: ReadonlyArray<Omit<Column, "data">>,
): Omit<RowGroups, "finish"> & { readonly close: () => Uint8Array } => {
  const writer = new ByteWriter()
  const { finish, ...table } = rowGroups(writer, columns, { groupRows: GROUP_ROWS })
  return {
    ...table,
    close: () => {
      finish()
      return writer.getBytes()
    },
  }
}

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
