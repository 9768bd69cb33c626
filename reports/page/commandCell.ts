import { el } from "../el.ts"
import { copyButton } from "./copyButton.ts"

/** The cell of a table with a command to take away; `name` says which to those who only hear the button. */
export const commandCell = (command: string, name: string): HTMLElement => {
  const code = el("code", {}, command)
  return el(
    "td",
    { class: "text command" },
    code,
    copyButton(
      name,
      () => command,
      () => code,
    ),
  )
}
