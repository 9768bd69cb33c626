import { el } from "../el.ts"
import type { View } from "./view.ts"

/** Says which seed is brought out, wherever the reader is on the page, and takes it back. */
export const seedPill = (view: View): HTMLElement => {
  const name = el("span")
  const pill = el(
    "div",
    { class: "pill", role: "status" },
    name,
    el("button", { type: "button", onclick: () => view.choose({ seed: undefined }) }, "Clear"),
  )
  view.follow(({ seed }) => {
    pill.hidden = seed === undefined
    name.textContent = seed === undefined ? "" : `Seed ${seed} highlighted`
  })
  return pill
}
