import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { Schema } from "effect"
import type { Calibration } from "../reports/reportData.ts"
import { injectReport } from "../reports/injectReport.ts"
import { packageFile } from "./packageRoot.ts"
import { type RunGroup, reportOf } from "./reportOf.ts"

/** The report page could not be made. */
export class ReportFailed extends Schema.TaggedError<ReportFailed>()("ReportFailed", {
  message: Schema.String,
}) {}

/** Writes the page for one scenario, for two that are compared, or for one that was calibrated. Throws `ReportFailed`. */
export const writeReport = (groups: ReadonlyArray<RunGroup>, path: string, calibration?: Calibration): string =>
  writePage(path, () => injectReport(pageTemplate(), { ...reportOf(groups), ...(calibration === undefined ? {} : { calibration }) }))

/** The page as it was built, without data. */
export const pageTemplate = (): string => readFileSync(packageFile("dist", "report.html"), "utf8")

/** Writes a page whole or not at all. Throws `ReportFailed`. */
export const writePage = (path: string, html: () => string): string => {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const content = html()
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, content, { flush: true })
    renameSync(temporary, path)
    return path
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new ReportFailed({
      message: `${path}: the report could not be written: ${error instanceof Error ? error.message : String(error)}`,
    })
  }
}
