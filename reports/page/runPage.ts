import { sections } from "../charts/index.ts"
import { el } from "../el.ts"
import { arranged } from "./arranged.ts"
import { chartCard } from "./chartCard.ts"
import { headlines } from "./headlines.ts"
import { inUnits } from "../inUnits.ts"
import { limits } from "./limits.ts"
import { masthead } from "./masthead.ts"
import { openPainter } from "./painter.ts"
import { provenance } from "./provenance.ts"
import { followReading, rail } from "./rail.ts"
import { replays } from "./replays.ts"
import { seedPill } from "./seedPill.ts"
import { verdicts } from "./verdicts.ts"
import { openView } from "./view.ts"
import type { Report } from "../report.ts"

/** The page of a run or a comparison. */
export const openRunPage = (root: HTMLElement, report: Report): void => {
  document.title = `${report.data.title} · depinlab`
  const view = openView({ seeds: report.seeds })
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
  const nav = rail(places, view, report.seeds)
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
    provenance(
      report.data.provenance,
      report.data.scenarios.map((scenario, i) => ({ ...scenario, name: report.scenarioNames[i] ?? scenario.name })),
      say("GPU profiles"),
    ),
    limits(report.data.limits),
  )
  root.replaceChildren(nav, main, seedPill(view))
  const painter = openPainter(() => parts.flatMap(({ cards }) => cards))
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
