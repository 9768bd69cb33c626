import type { Chart } from "./chart.ts"
import { sections } from "./charts/index.ts"
import { el } from "./el.ts"
import { chartCard } from "./page/chartCard.ts"
import { headlines } from "./page/headlines.ts"
import { inUnits } from "./inUnits.ts"
import { limits } from "./page/limits.ts"
import { masthead } from "./page/masthead.ts"
import { openPainter } from "./page/painter.ts"
import { provenance } from "./page/provenance.ts"
import { followReading, rail } from "./page/rail.ts"
import { replays } from "./page/replays.ts"
import { seedPill } from "./page/seedPill.ts"
import { verdicts } from "./page/verdicts.ts"
import { openView } from "./page/view.ts"
import { type Report, openReport } from "./report.ts"
import type { ReportData } from "./reportData.ts"

/** The data that were written into this page; `injectReport` has checked their shape. */
const readData = (): ReportData | undefined => {
  const json = document.getElementById("report-data")?.textContent ?? ""
  return json.trim() === "" ? undefined : (JSON.parse(json) as ReportData)
}

/** The first chart of a section and those of several figures take the page's width, and so does one that would stand alone in its row. */
const arranged = (charts: ReadonlyArray<Chart>): ReadonlyArray<{ readonly chart: Chart; readonly isWide: boolean }> => {
  const isWide = charts.map((chart, i) => i === 0 || chart.figures.length > 1)
  let narrow = 0
  charts.forEach((_, i) => {
    if (isWide[i]) return
    narrow++
    const isLastOfRow = isWide[i + 1] !== false
    if (isLastOfRow && narrow % 2 === 1) isWide[i] = true
    if (isLastOfRow) narrow = 0
  })
  return charts.map((chart, i) => ({ chart, isWide: isWide[i] ?? false }))
}

const openPage = (root: HTMLElement, report: Report): void => {
  document.title = `${report.data.title} · depinlab`
  const view = openView(report.seeds)
  const say = inUnits(report)
  const drawn = sections
    .map(({ id, title, charts }) => ({ id, title, charts: charts.map((make) => say(make(report))).filter((chart) => chart !== undefined) }))
    .filter(({ charts }) => charts.length > 0)
  const openTables = drawn.flatMap(({ charts }) => charts.filter(({ opensTable }) => opensTable).map(({ id }) => id))
  const parts = drawn.map(({ id, title, charts }) => ({
    id,
    title,
    cards: arranged(charts).map(({ chart, isWide }) => chartCard(chart, { reportTitle: report.data.title, isWide, openTables, view })),
  }))
  const places = [
    ...parts,
    { id: "runs", title: "Runs" },
    { id: "provenance", title: "Provenance" },
    ...(report.data.limits.length > 0 ? [{ id: "limits", title: "Limits" }] : []),
  ]
  const nav = rail(report, places, view)
  const main = el(
    "main",
    {},
    masthead(report),
    verdicts(report),
    headlines(report),
    ...parts.map(({ id, title, cards }) =>
      el("section", { id }, el("h2", {}, title), el("div", { class: "charts" }, ...cards.map((card) => card.element))),
    ),
    replays(report, view),
    provenance(report),
    limits(report.data.limits),
  )
  root.replaceChildren(nav, main, seedPill(view))
  const painter = openPainter(parts.flatMap(({ cards }) => cards))
  let seed = view.state().seed
  view.follow((state) => {
    if (state.seed === seed) return
    seed = state.seed
    painter.repaint()
  })
  followReading(nav, places)
  const { at } = view.state()
  if (at !== undefined) document.getElementById(at)?.scrollIntoView()
}

const root = document.getElementById("report")
const data = readData()
if (root !== null && data !== undefined) openPage(root, openReport(data))
else root?.replaceChildren(el("p", { class: "empty" }, "This is the template of a report: it holds no data yet. `lab report` fills it."))
