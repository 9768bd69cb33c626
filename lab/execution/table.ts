import { parquetReadObjects } from "hyparquet"
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

/** The rows of a Parquet file, each as an object. */
export const tableRows = (bytes: Uint8Array): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> =>
  parquetReadObjects({ file: new Uint8Array(bytes).buffer })
