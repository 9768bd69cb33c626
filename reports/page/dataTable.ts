import { money, number } from "../amount.ts"
import { el } from "../el.ts"
import type { Table } from "../table.ts"

/** A table that scrolls in its own frame, reachable by keyboard. */
export const dataTable = (name: string, { header, rows, isMoney = false }: Table): HTMLElement => {
  const cell = (value: string | number) => (typeof value === "string" ? value : isMoney ? money(value) : number(value))
  return el(
    "div",
    { class: "table", tabindex: 0, role: "region", "aria-label": `${name}, table` },
    el(
      "table",
      {},
      el(
        "thead",
        {},
        el("tr", {}, ...header.map((title, i) => el("th", { scope: "col", ...(isText(rows[0]?.[i]) ? { class: "text" } : {}) }, title))),
      ),
      el(
        "tbody",
        {},
        ...rows.map((row) =>
          el(
            "tr",
            {},
            ...row.map((value, i) =>
              i === 0 ? el("th", { scope: "row" }, cell(value)) : el("td", isText(value) ? { class: "text" } : {}, cell(value)),
            ),
          ),
        ),
      ),
    ),
  )
}

const isText = (value: string | number | undefined) => typeof value === "string"
