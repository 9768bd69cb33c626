import { integer } from "../amount.ts"
import { el } from "../el.ts"
import type { Report } from "../report.ts"
import { commandCell } from "./commandCell.ts"
import { hash } from "./hash.ts"
import { columnHead, tableFrame } from "./tableFrame.ts"
import type { View } from "./view.ts"

/** Every run, with the command that executes it again to the same digest. */
export const replays = (report: Report, view: View): HTMLElement =>
  el(
    "section",
    { id: "runs" },
    el("h2", {}, "Runs"),
    el("p", { class: "lead" }, "Each command executes its run again, on a fresh chain, and must come to the same digest and state root."),
    tableFrame(
      "Runs",
      "runs",
      [
        columnHead("Seed"),
        ...(report.isCompare ? [columnHead("Scenario", true)] : []),
        columnHead("Transactions"),
        columnHead("Reverts"),
        ...["Digest", "State root", "Replay"].map((title) => columnHead(title, true)),
      ],
      el("tbody", {}, ...report.data.runs.map((run) => replay(report, view, run))),
    ),
  )

const replay = (report: Report, view: View, run: Report["data"]["runs"][number]): HTMLElement => {
  const seed = el(
    "button",
    { type: "button", class: "seed", onclick: () => view.choose({ seed: view.state().seed === run.seed ? undefined : run.seed }) },
    run.seed,
  )
  view.follow((state) => seed.setAttribute("aria-pressed", `${state.seed === run.seed}`))
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, seed),
    report.isCompare && el("td", { class: "text" }, report.scenarioNames[run.scenario] ?? ""),
    el("td", {}, integer(run.transactions)),
    el("td", {}, integer(run.reverts)),
    el("td", { class: "text" }, hash(run.digest)),
    el("td", { class: "text" }, hash(run.stateRoot)),
    commandCell(run.replay, `the replay command of seed ${run.seed}`),
  )
}
