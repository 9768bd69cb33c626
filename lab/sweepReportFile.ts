import { dirname } from "node:path"
import { injectReport } from "../reports/injectReport.ts"
import type { SweepData } from "../reports/sweepData.ts"
import { pageTemplate, writePage } from "./reportFile.ts"

/** Writes the page of a sweep, whose runs lie in `runsFolder`, by default the page's own. Throws `ReportFailed`. */
export const writeSweepReport = (data: SweepData, path: string, runsFolder: string = dirname(path)): string =>
  writePage(path, () => injectReport(pageTemplate(), { ...data, runsFolder }))
