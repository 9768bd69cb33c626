import type { Figure, Style } from "./figure.ts"
import type { Report } from "./report.ts"
import type { Table } from "./table.ts"

/** One question, its answer in a sentence, and the figures and numbers behind it. */
export interface Chart {
  readonly id: string
  /** The question. */
  readonly title: string
  /** The answer, read from the numbers. */
  readonly reading: string
  /** What lines and bands are. */
  readonly caption: string
  readonly legend: ReadonlyArray<{ readonly label: string; readonly style: Style }>
  readonly figures: ReadonlyArray<Figure>
  /** What the page shows for those who read numbers. */
  readonly table: Table
  /** The table is open until the reader closes it. */
  readonly opensTable?: boolean
  /** What the CSV carries: the table and every single run. */
  readonly download: Table
}

/** Makes a chart, or nothing where the data have none of its metrics. */
export type ChartMaker = (report: Report) => Chart | undefined
