import type { NearCard } from "../../gpu-bench/webClass.ts"
import { money, number, percent } from "../../reports/amount.ts"
import { el } from "../../reports/el.ts"
import { earningsOf } from "./earningsOf.ts"
import type { EarnData, EarnScenario, Interval } from "./earnData.ts"
import { row } from "./row.ts"

/** The nearest cards and what each would earn in the chosen scenario, at the price of power that the visitor sets. */
export const openEstimate = (cards: ReadonlyArray<NearCard>, { scenarios }: EarnData): HTMLElement => {
  const [nearest, ...others] = cards
  const scenario = el("select", { onchange: () => show() }, ...scenarios.map(({ name }, index) => el("option", { value: index }, name)))
  const price = el("input", { type: "number", min: 0, max: 10, step: 0.01, value: 0.15, oninput: () => show() })
  const shown = el("div", { "aria-live": "polite" })
  const show = () => {
    const chosen = scenarios[Number(scenario.value)]
    const usdPerKwh = price.valueAsNumber
    if (chosen === undefined) shown.replaceChildren(el("p", {}, "This page holds no finished run: `lab earn` writes one that does."))
    else if (!(usdPerKwh >= 0)) shown.replaceChildren(el("p", {}, "Type a price of power of 0 or more."))
    else shown.replaceChildren(...estimate(cards, chosen, usdPerKwh))
  }
  show()
  return el(
    "section",
    { id: "estimate" },
    el("h2", {}, `Nearest class: ${nearest!.sheet.label}`),
    el(
      "p",
      {},
      `Its memory, f32 and integer arithmetic are within a factor of ${number(Math.exp(nearest!.distance))} (root mean square) of what is expected of that card.`,
    ),
    others.length > 0 && el("p", {}, `These figures cannot tell it from ${others.map(({ sheet }) => sheet.label).join(", ")}.`),
    el("div", { class: "choices" }, el("label", {}, "Scenario", scenario), el("label", {}, "Price of power, USD per kWh", price)),
    shown,
  )
}

const estimate = (cards: ReadonlyArray<NearCard>, scenario: EarnScenario, usdPerKwh: number): ReadonlyArray<HTMLElement> => {
  const { name, question, days, seeds, utilisation, classes } = scenario
  const profiles = cards.filter(({ profile }, index) => cards.findIndex((card) => card.profile === profile) === index)
  const rows = profiles.map(({ profile, sheet }) => {
    const found = classes.find(({ gpu }) => gpu === profile)
    if (found === undefined) return row("td", sheet.label, "no provider has it", "–", "–", "–")
    const { income, energyUsd, energyUsdIdle, energyUsdBusy, left } = earningsOf(scenario, found, usdPerKwh)
    const power = `${money(energyUsd)} (${money(energyUsdIdle)} to ${money(energyUsdBusy)})`
    return row("td", found.label, interval(income), power, interval(left), `${found.providers}`)
  })
  return [
    el(
      "div",
      { class: "table" },
      el(
        "table",
        {},
        el("thead", {}, row("th", "Class", "Revenue", "Power (idle to busy)", "Left", "Providers")),
        el("tbody", {}, ...rows),
      ),
    ),
    el(
      "p",
      {},
      "USD a day for each GPU in the network: the median provider, and in brackets the 10th to 90th percentile over providers and seeds.",
    ),
    el(
      "p",
      {},
      `${name} asks: ${question} It ran ${days} days with ${seeds} ${seeds === 1 ? "seed" : "seeds"}. Revenue is job income and rewards at the token's price of ` +
        `their tick. Power is at the network's utilisation of ${percent(utilisation)}, with the card's share of its host. Not in it: hardware, hosting, ` +
        "slashes, the stake and taxes. A simulated network is no forecast.",
    ),
    el("p", {}, `Classes in this scenario: ${classes.map(({ label }) => label).join(", ") || "none"}.`),
  ]
}

const interval = ({ low, median, high }: Interval): string => `${money(median)} (${money(low)} to ${money(high)})`
