import { el } from "../el.ts"

/** The head of a column: words stand at the left, numbers at the right. */
export const columnHead = (title: string, isText = false): HTMLElement =>
  el("th", { scope: "col", ...(isText ? { class: "text" } : {}) }, title)

/** A table that scrolls in its own frame, reachable by keyboard; `kind` is a class of style/numbers.css. */
export const tableFrame = (name: string, kind: string, heads: ReadonlyArray<HTMLElement>, body: HTMLElement): HTMLElement =>
  el(
    "div",
    { class: `table ${kind}`.trim(), tabindex: 0, role: "region", "aria-label": `${name}, table` },
    el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body),
  )
