import { el } from "../../el.ts"
import { download, fileName } from "../../page/download.ts"
import { fileText } from "../../page/fileText.ts"
import type { Sweep } from "../sweep.ts"

/** The attack as a scenario file, to take away and run. */
export const attackScenario = ({ data }: Sweep): HTMLElement | undefined => {
  const yaml = data.attack?.scenario
  if (yaml === undefined) return undefined
  return el(
    "section",
    { id: "attack" },
    el("h2", {}, "Attack"),
    el("p", { class: "lead" }, "The attack as a scenario: put it beside the scenario that it extends, and `lab run` executes it again."),
    fileText("scenario of the attack", yaml),
    el(
      "div",
      { class: "tools below" },
      el("button", { type: "button", onclick: () => download(fileName(data.title, "attack", "yaml"), "text/yaml", yaml) }, "Download YAML"),
    ),
  )
}
