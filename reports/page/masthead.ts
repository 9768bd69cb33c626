import { number } from "../amount.ts"
import { el } from "../el.ts"
import type { Report } from "../report.ts"

/** What was asked, and of how much. */
export const masthead = (report: Report): HTMLElement => {
  const { data, isCompare, days, seeds } = report
  const plural = (count: number, word: string) => `${number(count)} ${word}${count === 1 ? "" : "s"}`
  const agents = Object.values(data.scenarios[0]?.agentsByKind ?? {}).reduce((sum, count) => sum + count, 0)
  const transactions = data.runs.reduce((sum, run) => sum + run.transactions, 0)
  const facts = [plural(days, "day"), plural(seeds.length, "seed"), plural(agents, "agent"), plural(transactions, "transaction")]
  return el(
    "header",
    { class: "masthead" },
    el("p", { class: "overline" }, isCompare ? "Comparison on the same seeds" : "Simulation report"),
    el("h1", {}, data.title),
    data.question !== "" && el("p", { class: "question" }, data.question),
    el("p", { class: "facts" }, ...facts.map((fact) => el("span", {}, fact))),
    isCompare &&
      el(
        "p",
        { class: "facts" },
        el("span", {}, `Base: ${report.scenarioNames[0]}`),
        el("span", {}, `Variant: ${report.scenarioNames[1]}`),
      ),
  )
}
