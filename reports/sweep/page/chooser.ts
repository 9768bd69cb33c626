import { el } from "../../el.ts"
import type { View } from "../../page/view.ts"
import type { ViewState } from "../../viewState.ts"
import { type Sweep, knobTitle } from "../sweep.ts"
import { type Choice, outcomeText } from "../sweepChart.ts"

/** What the reader has chosen, or else what an attack gains or the first objective's outcome, over the first two knobs. */
export const choiceOf = ({ data, knobs }: Sweep, state: ViewState): Choice | undefined => {
  const wanted = new Set(data.objectives.map(({ metric, window }) => `${metric}.${window}`))
  const outcome =
    data.outcomes.find(({ id }) => id === (state.outcome ?? data.attack?.profit)) ??
    data.outcomes.find(({ id }) => wanted.has(id)) ??
    data.outcomes[0]
  if (outcome === undefined) return undefined
  const across = knobs.find(({ id }) => id === state.across) ?? knobs.find(({ id }) => id !== state.up)
  const up = knobs.find(({ id }) => id === state.up && id !== across?.id) ?? knobs.find(({ id }) => id !== across?.id)
  return { outcome, across, up }
}

/** Chooses the outcome of all charts, and the knobs of the map. */
export const chooser = (sweep: Sweep, view: View): HTMLElement => {
  const { data, knobs } = sweep
  const knobItems = knobs.map((knob) => ({ id: knob.id, label: knobTitle(knob) }))
  const now = () => choiceOf(sweep, view.state())
  const outcome = chosen(
    "Outcome",
    data.outcomes.map((known) => ({ id: known.id, label: outcomeText(known) })),
    (id) => view.choose({ outcome: id }),
  )
  const across = chosen("Across", knobItems, (id) =>
    view.choose({ across: id, ...(now()?.up?.id === id ? { up: now()?.across?.id } : {}) }),
  )
  const up = chosen("Up", knobItems, (id) => view.choose({ up: id, ...(now()?.across?.id === id ? { across: now()?.up?.id } : {}) }))
  const meaning = el("p", { class: "caption" })
  view.follow(() => {
    const choice = now()
    meaning.textContent = choice?.outcome.description ?? ""
    outcome.select.value = choice?.outcome.id ?? ""
    across.select.value = choice?.across?.id ?? ""
    up.select.value = choice?.up?.id ?? ""
  })
  return el(
    "div",
    { class: "chooser", role: "group", "aria-label": "What the charts show" },
    outcome.element,
    ...(knobs.length > 2 ? [across.element, up.element] : []),
    meaning,
  )
}

const chosen = (name: string, items: ReadonlyArray<{ readonly id: string; readonly label: string }>, choose: (id: string) => void) => {
  const select = el(
    "select",
    { "aria-label": name, onchange: () => choose(select.value) },
    ...items.map(({ id, label }) => el("option", { value: id }, label)),
  ) as HTMLSelectElement
  return { select, element: el("label", {}, el("span", {}, name), select) }
}
