import type { Chart } from "../../chart.ts"
import { el } from "../../el.ts"
import { arranged } from "../../page/arranged.ts"
import { chartCard } from "../../page/chartCard.ts"
import { limits } from "../../page/limits.ts"
import { type Painting, openPainter } from "../../page/painter.ts"
import { provenance } from "../../page/provenance.ts"
import { followReading, rail } from "../../page/rail.ts"
import { type View, openView } from "../../page/view.ts"
import { sections } from "../charts/index.ts"
import type { Sweep } from "../sweep.ts"
import type { Choice } from "../sweepChart.ts"
import { answer } from "./answer.ts"
import { attackScenario } from "./attackScenario.ts"
import { choiceOf, chooser } from "./chooser.ts"
import { failures } from "./failures.ts"
import { sweepMasthead } from "./sweepMasthead.ts"
import { variantPill } from "./variantPill.ts"
import { variantTable } from "./variantTable.ts"

/** The page of a sweep. Its charts are made again whenever the reader looks at another outcome or other knobs. */
export const openSweepPage = (root: HTMLElement, sweep: Sweep): void => {
  const { data } = sweep
  document.title = `${data.title} · depinlab`
  const view = openView({
    seeds: [],
    outcomes: data.outcomes.map(({ id }) => id),
    knobs: sweep.knobs.map(({ id }) => id),
    variantCount: data.variants.length,
  })
  const parts = sections
    .filter(({ charts }) => data.outcomes.some((outcome) => makeAll(sweep, charts, { ...choiceOf(sweep, {})!, outcome }).length > 0))
    .map((section) => ({ ...section, holder: el("div", { class: "charts" }) }))
  const places = [
    ...parts,
    ...(data.attack?.scenario === undefined ? [] : [{ id: "attack", title: "Attack" }]),
    { id: "variants", title: "Variants" },
    ...(data.failures.length > 0 ? [{ id: "failures", title: "Failures" }] : []),
    { id: "provenance", title: "Provenance" },
    ...(data.limits.length > 0 ? [{ id: "limits", title: "Limits" }] : []),
  ]
  const nav = rail(places, view)
  const main = el(
    "main",
    {},
    sweepMasthead(sweep),
    answer(sweep, view),
    chooser(sweep, view),
    ...parts.map(({ id, title, holder }) => el("section", { id }, el("h2", {}, title), holder)),
    attackScenario(sweep),
    variantTable(sweep, view),
    failures(sweep),
    provenance(data.provenance, [data.scenario], "Profiles of devices"),
    limits(data.limits),
  )
  root.replaceChildren(nav, main, variantPill(sweep, view))

  let paintings: ReadonlyArray<Painting> = []
  let forget = () => {}
  const painter = openPainter(() => paintings)
  const makeCards = () => {
    const choice = choiceOf(sweep, view.state())
    if (choice === undefined) return
    forget()
    const scope = scoped(view)
    forget = scope.forget
    paintings = parts.flatMap(({ charts, holder }) => {
      const cards = arranged(makeAll(sweep, charts, choice)).map(({ chart, isWide }) =>
        chartCard(chart, { reportTitle: data.title, isWide, openTables: [], view: scope.view }),
      )
      holder.replaceChildren(...cards.map(({ element }) => element))
      return cards
    })
  }
  let shown = ""
  let brought = view.state().variant
  view.follow((state) => {
    const choice = choiceOf(sweep, state)
    const key = JSON.stringify([choice?.outcome.id, choice?.across?.id, choice?.up?.id])
    const isNew = key !== shown
    const isFirst = shown === ""
    if (isNew) makeCards()
    if (!isFirst && (isNew || brought !== state.variant)) painter.repaint()
    shown = key
    brought = state.variant
  })
  followReading(nav, places)
  const { at } = view.state()
  if (at !== undefined) document.getElementById(at)?.scrollIntoView()
}

const makeAll = (sweep: Sweep, charts: (typeof sections)[number]["charts"], choice: Choice): ReadonlyArray<Chart> =>
  charts.map((make) => make(sweep, choice)).filter((chart) => chart !== undefined)

/** A view whose followers can be let go together. */
const scoped = (view: View): { readonly view: View; readonly forget: () => void } => {
  const ends: Array<() => void> = []
  const follow: View["follow"] = (follower) => {
    const end = view.follow(follower)
    ends.push(end)
    return end
  }
  return { view: { ...view, follow }, forget: () => ends.forEach((end) => end()) }
}
