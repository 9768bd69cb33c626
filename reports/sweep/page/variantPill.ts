import { el } from "../../el.ts"
import type { View } from "../../page/view.ts"
import type { Sweep } from "../sweep.ts"

/** Says which variant is brought out, wherever the reader is on the page, and leads to its runs. */
export const variantPill = (sweep: Sweep, view: View): HTMLElement => {
  const name = el("span")
  const pill = el(
    "div",
    { class: "pill", role: "status" },
    name,
    el("button", { type: "button", onclick: () => document.getElementById("variants")?.scrollIntoView() }, "Runs"),
    el("button", { type: "button", onclick: () => view.choose({ variant: undefined }) }, "Clear"),
  )
  view.follow(({ variant }) => {
    pill.hidden = variant === undefined
    name.textContent = variant === undefined ? "" : `${variant + 1}: ${sweep.name(variant)}`
  })
  return pill
}
