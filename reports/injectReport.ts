import { Schema } from "effect"
import { ReportData } from "./reportData.ts"
import { SweepPage } from "./sweepData.ts"

/** The element of the template that holds the data. */
const slot = '<script id="report-data" type="application/json"></script>'

/** Beyond this size browsers take seconds to open the page. */
export const REPORT_BYTES_MAX = 15_000_000

/** The data do not fit into one page. */
export class ReportTooLarge extends Schema.TaggedError<ReportTooLarge>()("ReportTooLarge", {
  message: Schema.String,
}) {}

/**
 * The finished page: the template with the data in it. The data are text inside an element that no browser executes, and the page's
 * content security policy names the hash of the one script that it does, so nothing in the data can run.
 */
export const injectReport = (templateHtml: string, data: ReportData | SweepPage): string => {
  const place = templateHtml.indexOf(slot)
  if (place < 0) throw new Error("the report template has no place for the data: build it again with `npx vite build`")
  const json = escaped(
    JSON.stringify(data.kind === "sweep" ? Schema.encodeSync(SweepPage)(data) : Schema.encodeSync(ReportData)(data), rounded),
  )
  const bytes = new TextEncoder().encode(json).length
  if (bytes > REPORT_BYTES_MAX) {
    const megabytes = (size: number) => (size / 1e6).toFixed(1)
    throw new ReportTooLarge({
      message:
        `the report's data take ${megabytes(bytes)} MB and one page holds ${megabytes(REPORT_BYTES_MAX)} MB: ` +
        "report fewer runs, and read the others from their Parquet files",
    })
  }
  return templateHtml.slice(0, place) + slot.replace("><", () => `>${json}<`) + templateHtml.slice(place + slot.length)
}

/** Eight significant digits are more than a chart can show and halve the size; whole numbers stay as they are. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(8)) : value

/** JSON that no HTML parser can leave early and that is still the same JSON. */
const escaped = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
