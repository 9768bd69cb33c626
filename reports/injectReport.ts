import { Schema } from "effect"
import { injectJson } from "./injectJson.ts"
import { ReportData } from "./reportData.ts"
import { SweepPage } from "./sweepData.ts"

/** Beyond this size browsers take seconds to open the page. */
export const REPORT_BYTES_MAX = 15_000_000

/** The data do not fit into one page. */
export class ReportTooLarge extends Schema.TaggedError<ReportTooLarge>()("ReportTooLarge", {
  message: Schema.String,
}) {}

/** The finished page: the template with the data in it. */
export const injectReport = (templateHtml: string, data: ReportData | SweepPage): string => {
  const json = JSON.stringify(data.kind === "sweep" ? Schema.encodeSync(SweepPage)(data) : Schema.encodeSync(ReportData)(data), rounded)
  const { html, bytes } = injectJson(templateHtml, json)
  if (bytes > REPORT_BYTES_MAX) {
    const megabytes = (size: number) => (size / 1e6).toFixed(1)
    throw new ReportTooLarge({
      message:
        `the report's data take ${megabytes(bytes)} MB and one page holds ${megabytes(REPORT_BYTES_MAX)} MB: ` +
        "report fewer runs, and read the others from their Parquet files",
    })
  }
  return html
}

/** Eight significant digits are more than a chart can show and halve the size; whole numbers stay as they are. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(8)) : value
