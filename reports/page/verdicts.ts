import { amount, percent, range } from "../amount.ts"
import { el, svgEl } from "../el.ts"
import type { Report } from "../report.ts"
import type { ReportData } from "../reportData.ts"

type Objective = ReportData["objectives"][number]

const words = {
  meets: { word: "Meets", sign: "✓" },
  fails: { word: "Fails", sign: "✕" },
  undecided: { word: "Undecided", sign: "?" },
} as const

const signs: Readonly<Record<string, string>> = { ">=": "at least", "<=": "at most", ">": "more than", "<": "less than" }
const windows: Readonly<Record<string, string>> = {
  end: "at the end",
  mean: "as the mean of days",
  min: "as the lowest day",
  max: "as the highest day",
}

/** The objectives and how the runs stand against them, scenario by scenario; nothing where none is stated. */
export const verdicts = (report: Report): HTMLElement | undefined => {
  const groups = report.scenarioNames
    .map((name, scenario) => ({ name, objectives: report.data.objectives.filter((objective) => objective.scenario === scenario) }))
    .filter(({ objectives }) => objectives.length > 0)
  if (groups.length === 0) return undefined
  return el(
    "section",
    { class: "objectives", "aria-label": "Objectives" },
    ...groups.flatMap(({ name, objectives }) => [
      report.isCompare && el("p", { class: "overline" }, name),
      el("div", { class: "verdicts" }, ...objectives.map((objective) => verdict(report, objective))),
    ]),
  )
}

const verdict = (report: Report, objective: Objective): HTMLElement => {
  const { word, sign } = words[objective.verdict]
  const value = amount(objective.value, report.unit(objective.metric))
  const bound = `${signs[objective.op] ?? objective.op} ${value} ${windows[objective.window] ?? objective.window}`
  const metric = report.label(objective.metric)
  const { passes, runs, low, high, probability } = objective
  return el(
    "article",
    { class: `verdict ${objective.verdict}` },
    el("p", { class: "word" }, el("span", { class: "sign", "aria-hidden": "true" }, sign), word),
    el("h2", {}, objective.label),
    el("p", { class: "condition" }, metric === objective.label ? bound : `${metric} ${bound}`),
    gauge(objective),
    el(
      "p",
      { class: "count" },
      `${passes} of ${count(runs)} met it: a probability of ${range(low, high, "share")}; ${percent(probability)} is asked.`,
    ),
    objective.verdict === "undecided" && el("p", { class: "condition" }, `The interval holds what is asked: ${count(runs)} cannot tell.`),
  )
}

const count = (runs: number): string => `${runs} run${runs === 1 ? "" : "s"}`

/** The probability behind the passes with its 95 % interval, and the mark that it must reach. */
const gauge = ({ passes, runs, low, high, probability }: Objective): SVGSVGElement =>
  svgEl(
    "svg",
    { class: "gauge", viewBox: "0 0 200 14", preserveAspectRatio: "none", "aria-hidden": "true" },
    svgEl("rect", { class: "track", x: 0, y: 5, width: 200, height: 4 }),
    svgEl("rect", { class: "interval", x: low * 200, y: 4, width: Math.max(2, (high - low) * 200), height: 6 }),
    svgEl("rect", { class: "point", x: Math.min(197, (passes / Math.max(1, runs)) * 200 - 1.5), y: 1, width: 3, height: 12 }),
    svgEl("rect", { class: "asked", x: Math.min(198.5, probability * 200 - 0.75), y: 0, width: 1.5, height: 14 }),
  )
