import { el } from "../../reports/el.ts"

/** A table's row whose first cell is its head; `th` makes it the head of the columns. */
export const row = (tag: "th" | "td", ...cells: ReadonlyArray<string>): HTMLTableRowElement =>
  el("tr", {}, ...cells.map((cell, column) => el(column === 0 ? "th" : tag, { scope: tag === "th" ? "col" : column === 0 && "row" }, cell)))
