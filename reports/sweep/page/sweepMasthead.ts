import { integer } from "../../amount.ts"
import { el } from "../../el.ts"
import type { Sweep } from "../sweep.ts"

/** What was asked, and of how much. */
export const sweepMasthead = ({ data, knobs }: Sweep): HTMLElement => {
  const plural = (count: number, word: string) => `${integer(count)} ${word}${count === 1 ? "" : "s"}`
  const runs = data.variants.reduce((sum, variant) => sum + variant.runs.length - variant.failed, 0)
  const facts = [
    plural(data.variants.length, "variant"),
    plural(data.seeds.length, "seed"),
    plural(runs, "run"),
    ...(data.failures.length > 0 ? [`${integer(data.failures.length)} failed`] : []),
    plural(data.scenario.days, "day"),
  ]
  return el(
    "header",
    { class: "masthead" },
    el("p", { class: "overline" }, `Sweep of ${data.scenario.name} · ${data.design}`),
    el("h1", {}, data.title),
    data.question !== "" && el("p", { class: "question" }, data.question),
    el("p", { class: "facts" }, ...facts.map((fact) => el("span", {}, fact))),
    el("p", { class: "facts" }, ...knobs.map((knob) => el("span", { title: knob.paths.join(", ") }, `Varied: ${knob.id}, ${knob.label}`))),
  )
}
