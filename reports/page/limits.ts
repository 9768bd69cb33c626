import { el } from "../el.ts"

/** What the model leaves out or only assumes, so that nobody concludes more than it can carry. */
export const limits = (items: ReadonlyArray<string>): HTMLElement | undefined =>
  items.length === 0
    ? undefined
    : el(
        "section",
        { id: "limits" },
        el("h2", {}, "Limits of the model"),
        el("ul", { class: "limits" }, ...items.map((item) => el("li", {}, item))),
      )
