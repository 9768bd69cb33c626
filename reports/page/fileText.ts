import { el } from "../el.ts"
import { copyButton } from "./copyButton.ts"

/** The text of a file with a button that copies it; `name` as in "Copy scenario baseline". */
export const fileText = (name: string, text: string): HTMLElement => {
  const shown = el("pre", { tabindex: 0, "aria-label": `${name[0]?.toUpperCase()}${name.slice(1)}` }, text)
  return el(
    "div",
    { class: "file" },
    copyButton(
      name,
      () => text,
      () => shown,
    ),
    shown,
  )
}
