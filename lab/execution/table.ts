import { parquetMetadata, parquetReadObjects } from "hyparquet"
import { ByteWriter, ParquetWriter, parquetWriteBuffer, schemaFromColumnData } from "hyparquet-writer"

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

/** A table that is encoded while it grows. */
export interface GrowingTable {
  /** A cell for each column. */
  readonly add: (...row: ReadonlyArray<number | string>) => void
  readonly rowCount: () => number
  /** The Parquet file: equal rows give equal bytes. */
  readonly close: () => Uint8Array
}

/** Rows of a row group; so many wait unencoded at most. */
const GROUP_ROWS = 8_192

export const openTable = (columns: ReadonlyArray<Omit<Column, "data">>): GrowingTable => {
  const writer = new ByteWriter()
  const schema = schemaFromColumnData({ columnData: columns.map((column) => ({ ...column, data: [], nullable: false })) })
  const file = new ParquetWriter({ writer, schema, createdBy })
  let waiting = columns.map((): Array<number | string> => [])
  let rowCount = 0
  const encode = (): void => {
    file.write({ columnData: columns.map(({ name }, place) => ({ name, data: waiting[place]! })), rowGroupSize: GROUP_ROWS })
    waiting = columns.map(() => [])
  }
  return {
    add: (...row) => {
      for (let place = 0; place < columns.length; place++) waiting[place]!.push(row[place]!)
      rowCount++
      if (rowCount % GROUP_ROWS === 0) encode()
    },
    rowCount: () => rowCount,
    close: () => {
      if (rowCount % GROUP_ROWS > 0) encode()
      file.finish()
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
