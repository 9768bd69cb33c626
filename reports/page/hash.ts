import { el } from "../el.ts"

/** The beginning of a hash; the whole of it on hover and on paper. */
export const hash = (value: string): HTMLElement =>
  el("code", { class: "hash", title: value }, value.length > 14 ? `${value.slice(0, 12)}…` : value)
