import { el } from "./el.ts"
import { openRunPage } from "./page/runPage.ts"
import { openReport } from "./report.ts"
import type { ReportData } from "./reportData.ts"
import { openSweep } from "./sweep/sweep.ts"
import { openSweepPage } from "./sweep/page/sweepPage.ts"
import type { SweepPage } from "./sweepData.ts"

/** The data that were written into this page; `injectReport` has checked their shape. */
const readData = (): ReportData | SweepPage | undefined => {
  const json = document.getElementById("report-data")?.textContent ?? ""
  return json.trim() === "" ? undefined : (JSON.parse(json) as ReportData | SweepPage)
}

const root = document.getElementById("report")
const data = readData()
if (root === null || data === undefined)
  root?.replaceChildren(el("p", { class: "empty" }, "This is the template of a report: it holds no data yet. `lab report` fills it."))
else if (data.kind === "sweep") openSweepPage(root, openSweep(data))
else openRunPage(root, openReport(data))
