import { money, number } from "../amount.ts"
import { el } from "../el.ts"
import type { Table } from "../table.ts"
import { columnHead, tableFrame } from "./tableFrame.ts"

/** The numbers of a chart as a table. */
export const dataTable = (name: string, { header, rows, isMoney = false }: Table): HTMLElement => {
  const cell = (value: string | number) => (typeof value === "string" ? value : isMoney ? money(value) : number(value))
  return tableFrame(
    name,
    "",
    header.map((title, i) => columnHead(title, isText(rows[0]?.[i]))),
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
  )
}

const isText = (value: string | number | undefined) => typeof value === "string"
