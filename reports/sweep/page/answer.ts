import { normalQuantile } from "../../../sim/stats/normal.ts"
import { wilson } from "../../../sim/stats/wilson.ts"
import { amount, amountWithin, axisUnit, changeReading, meanAndRange, percent, range } from "../../amount.ts"
import { el, svgEl } from "../../el.ts"
import type { View } from "../../page/view.ts"
import type { SweepData } from "../../sweepData.ts"
import { conditionText } from "../condition.ts"
import { fewSeeds } from "../fewSeeds.ts"
import { type Sweep, type Verdict, knobText } from "../sweep.ts"
import { outcomeText } from "../sweepChart.ts"

/** Outcomes that the best variant is introduced with. */
const HEADLINES_MAX = 6

const signs = { meets: "✓", fails: "✕", undecided: "?" } as const

/** The answer: which variants do what is wanted, how surely, and the one to remember. */
export const answer = (sweep: Sweep, view: View): HTMLElement => {
  const { data } = sweep
  const shown = sweep.best ?? data.base
  const caution = fewSeeds(data)
  return el(
    "section",
    { class: "objectives", "aria-label": "Answer" },
    el(
      "div",
      { class: "verdicts" },
      attack(sweep),
      data.objectives.length > 0 && together(sweep),
      ...(data.objectives.length > 1 ? data.objectives.map((objective) => one(sweep, objective)) : []),
    ),
    data.objectives.length > 0 &&
      data.variants.length > 1 &&
      el(
        "p",
        { class: "caption" },
        `Each verdict is of one variant at 95 %: of ${data.variants.length} verdicts a few are wrong by chance, most likely at the border of the region.`,
      ),
    el(
      "p",
      { class: "overline" },
      sweep.best === undefined ? "Base: " : shown === data.base ? "Best variant, which is the base: " : "Best variant: ",
      el("button", { type: "button", class: "link", onclick: () => view.choose({ variant: shown }) }, sweep.name(shown)),
    ),
    el("p", { class: "caption" }, chosenFor(sweep)),
    el("div", { class: "headlines" }, ...headlined(data).map((outcome) => headline(sweep, outcome, shown))),
    caution !== undefined && el("p", { class: "caution" }, caution),
  )
}

const chosenFor = ({ data, best }: Sweep): string => {
  if (best === undefined) return "The scenario states no objective, so nothing says which variant is best; the base stands here."
  const seeds = `${data.seeds.length} seed${data.seeds.length === 1 ? "" : "s"}`
  const warned = `The best of ${data.variants.length} on the same ${seeds} looks better than it is; run it on new seeds before you rely on it.`
  const [first] = data.objectives
  if (data.search !== undefined || data.attack !== undefined || first === undefined) return `What the search ended with. ${warned}`
  return `It has the best verdict, meets all objectives together most surely, and among equals has most room in ${first.label.toLowerCase()}. ${warned}`
}

/** What an attack gains and costs comes before everything else. */
const headlined = ({ outcomes, attack: found }: SweepData): SweepData["outcomes"] => {
  const isOfAttack = ({ id }: SweepData["outcomes"][number]) => id === found?.profit || id === found?.cost
  return [...outcomes.filter(isOfAttack), ...outcomes.filter((outcome) => !isOfAttack(outcome))].slice(0, HEADLINES_MAX)
}

const headline = (sweep: Sweep, outcome: SweepData["outcomes"][number], variant: number): HTMLElement => {
  const estimate = sweep.estimate(outcome.id, variant)
  const { mean, range: around } = meanAndRange(estimate, outcome.unit)
  return el(
    "div",
    { class: "headline" },
    el("p", { class: "label" }, outcomeText(outcome)),
    el("p", { class: "value" }, mean, " ", el("small", {}, axisUnit(outcome.unit))),
    el("p", { class: "range" }, around === "" ? "one run, no interval" : around),
    el(
      "p",
      { class: "range" },
      variant === sweep.data.base ? "the base" : `${changeReading(sweep.difference(outcome.id, variant), outcome.unit)} against the base`,
    ),
  )
}

const count = (verdicts: ReadonlyArray<Verdict>, verdict: Verdict): number => verdicts.filter((found) => found === verdict).length

const overall = (verdicts: ReadonlyArray<Verdict>): Verdict =>
  verdicts.includes("meets") ? "meets" : verdicts.includes("undecided") ? "undecided" : "fails"

/** All objectives at once. */
const together = (sweep: Sweep): HTMLElement => {
  const { data } = sweep
  const verdicts = data.admissible.map(({ verdict }) => verdict)
  const best = sweep.best === undefined ? undefined : data.admissible[sweep.best]
  const what = data.objectives.length > 1 ? "all objectives" : data.objectives[0]!.label
  return article(
    verdicts,
    data.objectives.length > 1 ? "All objectives" : what,
    data.objectives.length > 1 ? `${data.objectives.length} at once` : conditionText(data.objectives[0]!),
    [data.objectives.length > 1 ? undefined : tooFewRuns(data.objectives[0]!), regionText(sweep)].filter(Boolean).join(" "),
    best !== undefined &&
      `At the best variant ${best.passes} of ${best.runs} runs met ${data.objectives.length > 1 ? "all" : "it"}: a probability of ${range(best.low, best.high, "share")}.`,
  )
}

/** What so few runs cannot show whatever they come to: all of n passes leave the probability at n / (n + z²) or more (Wilson). */
const tooFewRuns = ({ probability, byVariant }: SweepData["objectives"][number]): string | undefined => {
  const runs = Math.max(0, ...byVariant.map((judged) => judged.runs))
  const { low } = wilson(runs, runs)
  if (runs === 0 || low >= probability || probability >= 1) return undefined
  const z = normalQuantile(0.975)
  const needed = Math.ceil((z * z * probability) / (1 - probability))
  return `${runs} run${runs === 1 ? "" : "s"} cannot show ${percent(probability)}: even if all pass, the interval begins at ${percent(low)}. It takes ${needed} seeds.`
}

/** Within which settings the admissible variants lie. */
const regionText = (sweep: Sweep): string => {
  const inside = sweep.data.variants.filter(({ index }) => sweep.verdict(index) === "meets")
  if (inside.length === 0) return "No variant meets all of it with its whole interval."
  const parts = sweep.knobs.map((knob) => {
    const settings = [...new Set(inside.map(({ values }) => values[knob.id]))]
    const numbers = settings.filter((value) => typeof value === "number")
    const written =
      numbers.length < settings.length
        ? settings.map((value) => knobText(value, knob)).join(", ")
        : numbers.length === 1
          ? amount(numbers[0]!, knob.unit)
          : range(Math.min(...numbers), Math.max(...numbers), knob.unit)
    return `${knob.id} ${written}`
  })
  return `They lie within ${parts.join("; ")}${parts.length > 1 && inside.length > 1 ? ", though not every pair of these does" : ""}.`
}

const one = (sweep: Sweep, objective: SweepData["objectives"][number]): HTMLElement => {
  const best = sweep.best === undefined ? undefined : objective.byVariant[sweep.best]
  return article(
    objective.byVariant.map(({ verdict }) => verdict),
    objective.label,
    conditionText(objective),
    tooFewRuns(objective),
    best !== undefined &&
      `At the best variant ${best.passes} of ${best.runs} runs met it: a probability of ${range(best.low, best.high, "share")}; ${percent(objective.probability)} is asked.`,
  )
}

const article = (
  verdicts: ReadonlyArray<Verdict>,
  title: string,
  condition: string,
  region: string | undefined,
  best: string | false,
): HTMLElement => {
  const verdict = overall(verdicts)
  const [meets, undecided, fails] = (["meets", "undecided", "fails"] as const).map((found) => count(verdicts, found))
  return el(
    "article",
    { class: `verdict ${verdict}` },
    el("p", { class: "word" }, el("span", { class: "sign", "aria-hidden": "true" }, signs[verdict]), `${meets} of ${verdicts.length}`),
    el("h2", {}, title),
    el("p", { class: "condition" }, condition),
    parts(verdicts),
    el("p", { class: "count" }, `${meets} variant${meets === 1 ? " meets" : "s meet"} it, ${undecided} are undecided, ${fails} fail.`),
    region !== undefined && el("p", { class: "condition" }, region),
    best !== false && el("p", { class: "count" }, best),
  )
}

/** How the variants divide into meets, undecided and fails. */
const parts = (verdicts: ReadonlyArray<Verdict>): SVGSVGElement => {
  let x = 0
  return svgEl(
    "svg",
    { class: "gauge", viewBox: "0 0 200 14", preserveAspectRatio: "none", "aria-hidden": "true" },
    ...(["meets", "undecided", "fails"] as const).map((verdict) => {
      const width = (count(verdicts, verdict) / Math.max(1, verdicts.length)) * 200
      const part = svgEl("rect", { class: `part ${verdict}`, x, y: 3, width: Math.max(0, width - 1), height: 8 })
      x += width
      return part
    }),
  )
}

const attack = (sweep: Sweep): HTMLElement | undefined => {
  const found = sweep.data.attack
  if (found === undefined) return undefined
  const outcome = (id: string | undefined) => sweep.data.outcomes.find((known) => known.id === id)
  const written = (id: string | undefined) => {
    const known = outcome(id)
    return known === undefined || found.best === null ? undefined : amountWithin(sweep.estimate(known.id, found.best), known.unit)
  }
  const [profit, cost] = [written(found.profit), written(found.cost)]
  return el(
    "article",
    { class: `verdict ${found.found ? "fails" : "undecided"}` },
    el(
      "p",
      { class: "word" },
      el("span", { class: "sign", "aria-hidden": "true" }, found.found ? "✕" : "?"),
      found.found ? "An attack pays" : "No attack found",
    ),
    el("h2", {}, found.attacker),
    el(
      "p",
      { class: "condition" },
      found.budgetUsd === undefined ? "No limit of budget" : `Within a budget of ${amount(found.budgetUsd, "USD")}`,
    ),
    profit !== undefined && el("p", { class: "count" }, `It gains ${profit}${cost === undefined ? "" : `, for ${cost}`}.`),
    !found.found &&
      el(
        "p",
        { class: "condition" },
        `None of ${sweep.data.variants.length} tried gained with its whole interval; that is no proof that none does.`,
      ),
  )
}
