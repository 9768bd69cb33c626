import { integer } from "../amount.ts"
import { el } from "../el.ts"
import type { Report } from "../report.ts"
import { copyButton } from "./copyButton.ts"
import type { View } from "./view.ts"

/** Every run, with the command that executes it again to the same digest. */
export const replays = (report: Report, view: View): HTMLElement =>
  el(
    "section",
    { id: "runs" },
    el("h2", {}, "Runs"),
    el("p", { class: "lead" }, "Each command executes its run again, on a fresh chain, and must come to the same digest and state root."),
    el(
      "div",
      { class: "table runs", tabindex: 0, role: "region", "aria-label": "Runs, table" },
      el(
        "table",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "Seed"),
            report.isCompare && el("th", { scope: "col", class: "text" }, "Scenario"),
            el("th", { scope: "col" }, "Transactions"),
            el("th", { scope: "col" }, "Reverts"),
            el("th", { scope: "col", class: "text" }, "Digest"),
            el("th", { scope: "col", class: "text" }, "State root"),
            el("th", { scope: "col", class: "text" }, "Replay"),
          ),
        ),
        el("tbody", {}, ...report.data.runs.map((run) => replay(report, view, run))),
      ),
    ),
  )

const replay = (report: Report, view: View, run: Report["data"]["runs"][number]): HTMLElement => {
  const command = el("code", {}, run.replay)
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
    el(
      "td",
      { class: "text command" },
      command,
      copyButton(
        `the replay command of seed ${run.seed}`,
        () => run.replay,
        () => command,
      ),
    ),
  )
}

/** The beginning of a hash; the whole of it on hover and on paper. */
export const hash = (value: string): HTMLElement =>
  el("code", { class: "hash", title: value }, value.length > 14 ? `${value.slice(0, 12)}…` : value)
