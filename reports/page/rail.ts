import { el } from "../el.ts"
import type { View } from "./view.ts"

export interface Place {
  readonly id: string
  readonly title: string
}

/** The way around the page, the seeds if they can be brought out, and light or dark. */
export const rail = (places: ReadonlyArray<Place>, view: View, seeds: ReadonlyArray<string> = []): HTMLElement =>
  el(
    "nav",
    { class: "rail", "aria-label": "Contents" },
    el("div", { class: "brand" }, el("span", {}, "depinlab"), themeButton(view)),
    el("ul", { class: "contents" }, ...places.map(({ id, title }) => el("li", {}, placeLink(id, title, view)))),
    seeds.length > 1 && seedPicker(seeds, view),
  )

const placeLink = (id: string, title: string, view: View): HTMLElement => {
  const link = el(
    "a",
    {
      href: `#at=${encodeURIComponent(id)}`,
      "data-place": id,
      onclick: (event: MouseEvent) => {
        event.preventDefault()
        view.choose({ at: id })
        document.getElementById(id)?.scrollIntoView()
      },
    },
    title,
  )
  return link
}

const seedPicker = (seeds: ReadonlyArray<string>, view: View): HTMLElement => {
  const buttons = seeds.map((seed) =>
    el(
      "button",
      { type: "button", class: "seed", onclick: () => view.choose({ seed: view.state().seed === seed ? undefined : seed }) },
      seed,
    ),
  )
  view.follow((state) => buttons.forEach((button, i) => button.setAttribute("aria-pressed", `${state.seed === seeds[i]}`)))
  return el(
    "div",
    { class: "seeds" },
    el("p", { class: "overline", id: "seeds-title" }, "Highlight a seed"),
    el("div", { class: "seed-list", role: "group", "aria-labelledby": "seeds-title" }, ...buttons),
  )
}

const themeButton = (view: View): HTMLElement => {
  const system = matchMedia("(prefers-color-scheme: dark)")
  const isDark = () => (view.state().theme ?? (system.matches ? "dark" : "light")) === "dark"
  const button = el("button", { type: "button", class: "theme", onclick: () => view.choose({ theme: isDark() ? "light" : "dark" }) })
  const show = () => {
    document.documentElement.dataset["theme"] = isDark() ? "dark" : "light"
    button.textContent = isDark() ? "Light" : "Dark"
    button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours")
  }
  view.follow(show)
  system.addEventListener("change", show)
  return button
}

/** Marks the place that is being read. */
export const followReading = (nav: HTMLElement, places: ReadonlyArray<Place>): void => {
  const mark = () => {
    const current = places.findLast(({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) < innerHeight * 0.3)
    for (const link of nav.querySelectorAll<HTMLElement>("[data-place]")) {
      if (link.dataset["place"] === current?.id) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
  }
  addEventListener("scroll", mark, { passive: true })
  mark()
}
