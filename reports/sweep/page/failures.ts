import { el } from "../../el.ts"
import { commandCell } from "../../page/commandCell.ts"
import { columnHead, tableFrame } from "../../page/tableFrame.ts"
import type { Sweep } from "../sweep.ts"

/** Rows that a reader can be expected to look at. */
const ROWS_MAX = 200

/** The runs that did not finish, with what went wrong. */
export const failures = (sweep: Sweep): HTMLElement | undefined => {
  const all = sweep.data.failures
  if (all.length === 0) return undefined
  const total = sweep.data.variants.reduce((sum, { runs }) => sum + runs.length, 0)
  return el(
    "section",
    { id: "failures" },
    el("h2", {}, "Failures"),
    el(
      "p",
      { class: "lead" },
      `${all.length} of ${total} runs failed and count nowhere. Where failures depend on the setting, what is left is no fair sample of it.` +
        (all.length > ROWS_MAX ? ` Shown: the first ${ROWS_MAX}.` : ""),
    ),
    tableFrame(
      "Failures",
      "runs",
      [columnHead("Variant", true), columnHead("Seed"), columnHead("What went wrong", true), columnHead("Execute it again", true)],
      el(
        "tbody",
        {},
        ...all
          .slice(0, ROWS_MAX)
          .map(({ variant, seed, message, replay }) =>
            el(
              "tr",
              {},
              el("th", { scope: "row", class: "text" }, sweep.name(variant)),
              el("td", {}, seed),
              el("td", { class: "text" }, message),
              commandCell(replay, `the command of ${sweep.name(variant)}, seed ${seed}`),
            ),
          ),
      ),
    ),
  )
}
