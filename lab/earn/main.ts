import type { EarnData } from "./earnData.ts"
import { openEarnPage } from "./earnPage.ts"

const json = document.getElementById("report-data")?.textContent ?? ""
const data = json.trim() === "" ? { scenarios: [] } : (JSON.parse(json) as EarnData)
openEarnPage(document.getElementById("earn")!, data)
