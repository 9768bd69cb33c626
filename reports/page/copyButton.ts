import { el } from "../el.ts"

/** Puts a text on the clipboard, or selects it where the browser refuses. */
export const copyButton = (name: string, text: () => string, fallback: () => Node): HTMLButtonElement => {
  const button: HTMLButtonElement = el(
    "button",
    {
      type: "button",
      class: "copy",
      "aria-label": `Copy ${name}`,
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(text())
          button.textContent = "Copied"
        } catch {
          getSelection()?.selectAllChildren(fallback())
          button.textContent = "Selected"
        }
      },
      onblur: () => (button.textContent = "Copy"),
    },
    "Copy",
  )
  return button
}
