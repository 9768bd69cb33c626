import { bare, meanAndRange } from "../../amount.ts"
import { el } from "../../el.ts"
import { commandCell } from "../../page/commandCell.ts"
import { download, fileName } from "../../page/download.ts"
import { columnHead, tableFrame } from "../../page/tableFrame.ts"
import type { View } from "../../page/view.ts"
import { csv } from "../../table.ts"
import { replayCommand } from "../replay.ts"
import { fewSeeds } from "../fewSeeds.ts"
import { type Sweep, type Variant, bareKnobText, knobTitle } from "../sweep.ts"
import { outcomeTitle } from "../sweepChart.ts"
import { percentiles } from "./percentiles.ts"

/** Rows that are shown before the reader asks for all. */
const ROWS_FIRST = 60

interface Column {
  readonly key: string
  readonly title: string
  readonly isText: boolean
  readonly value: (variant: Variant) => number | string
  readonly written: (variant: Variant) => string
  readonly detail?: (variant: Variant) => string
}

const order: Readonly<Record<string, number>> = { meets: 0, undecided: 1, fails: 2 }

/** Every variant with what it came to, in the order that the reader wants, and the runs of the one that is brought out. */
export const variantTable = (sweep: Sweep, view: View): HTMLElement => {
  const { data } = sweep
  const columns = columnsOf(sweep)
  let showsAll = data.variants.length <= ROWS_FIRST
  const body = el("tbody")
  const more = el("button", { type: "button", onclick: () => ((showsAll = true), fill()) }, `Show all ${data.variants.length}`)
  const heads = columns.map((column) => head(column, view))
  const fill = () => {
    const sorted = inOrder(data.variants, columns, view.state().sort)
    const shown = showsAll ? sorted : sorted.slice(0, ROWS_FIRST)
    body.replaceChildren(...shown.map((variant) => row(sweep, columns, variant, view)))
    more.hidden = showsAll
  }
  const runs = el("div", { id: "variant-runs" })
  let shown: { readonly sort: string | undefined; readonly variant: number | undefined } | undefined
  view.follow(({ sort, variant }) => {
    heads.forEach(({ update }) => update(sort))
    if (shown === undefined || shown.sort !== sort) fill()
    else
      for (const button of body.querySelectorAll("[data-variant]"))
        button.setAttribute("aria-pressed", `${button.getAttribute("data-variant") === `${variant}`}`)
    if (shown === undefined || shown.variant !== variant)
      runs.replaceChildren(...(variant === undefined ? [] : [runsOf(sweep, data.variants[variant]!)]))
    shown = { sort, variant }
  })
  const caution = fewSeeds(data)
  const save = (part: string, table: Parameters<typeof csv>[0]) => () => download(fileName(data.title, part, "csv"), "text/csv", csv(table))
  return el(
    "section",
    { id: "variants" },
    el("h2", {}, "Variants"),
    el(
      "p",
      { class: "lead" },
      "Means over seeds with their 95 % intervals. The number of a variant brings up its percentiles, its runs and the command that executes each of them again.",
    ),
    caution !== undefined && el("p", { class: "caution" }, caution),
    runs,
    tableFrame("Variants", "variants", [columnHead("Variant"), ...heads.map(({ element }) => element)], body),
    el(
      "div",
      { class: "tools below", role: "group", "aria-label": "Numbers of all variants" },
      more,
      el(
        "button",
        { type: "button", onclick: save("variants", variantsCsv(sweep)), "aria-label": "Download CSV of variants" },
        "CSV of variants",
      ),
      el("button", { type: "button", onclick: save("runs", runsCsv(sweep)), "aria-label": "Download CSV of runs" }, "CSV of runs"),
    ),
  )
}

const columnsOf = (sweep: Sweep): ReadonlyArray<Column> => {
  const { data, knobs } = sweep
  const named = data.variants.some(({ index, name }) => name !== undefined && index !== data.base)
  return [
    ...(named
      ? [
          {
            key: "name",
            title: "Name",
            isText: true,
            value: ({ name = "" }: Variant) => name,
            written: ({ name = "" }: Variant) => name,
          },
        ]
      : []),
    ...knobs.map((knob): Column => ({
      key: knob.id,
      title: knobTitle(knob),
      isText: data.variants.some(({ values: { [knob.id]: value } }) => value !== undefined && typeof value !== "number"),
      value: ({ values: { [knob.id]: value = NaN } }) => (typeof value === "number" ? value : String(value)),
      written: ({ values }) => bareKnobText(values[knob.id], knob),
    })),
    ...(data.admissible.length > 0
      ? [
          {
            key: "verdict",
            title: "Objectives",
            isText: true,
            value: ({ index }: Variant) => order[sweep.verdict(index) ?? ""] ?? 3,
            written: ({ index }: Variant) => sweep.verdict(index) ?? "",
          },
        ]
      : []),
    ...data.outcomes.map((outcome): Column => ({
      key: outcome.id,
      title: outcomeTitle(outcome),
      isText: false,
      value: ({ index }) => sweep.estimate(outcome.id, index).mean,
      written: ({ index }) => meanAndRange(sweep.estimate(outcome.id, index), outcome.unit).mean,
      detail: ({ index }) => meanAndRange(sweep.estimate(outcome.id, index), outcome.unit).bareRange,
    })),
    ...(data.failures.length > 0
      ? [
          {
            key: "failed",
            title: "Failed",
            isText: false,
            value: ({ failed }: Variant) => failed,
            written: ({ failed }: Variant) => `${failed}`,
          },
        ]
      : []),
  ]
}

/** A minus before the key is from the largest down; what has no value stands last. */
const inOrder = (variants: ReadonlyArray<Variant>, columns: ReadonlyArray<Column>, sort: string | undefined): ReadonlyArray<Variant> => {
  const column = columns.find(({ key }) => key === sort?.replace(/^-/, ""))
  if (column === undefined) return variants
  const sign = sort!.startsWith("-") ? -1 : 1
  return variants.toSorted((a, b) => {
    const [one, other] = [column.value(a), column.value(b)]
    const [isNoOne, isNoOther] = [Number.isNaN(one), Number.isNaN(other)]
    if (isNoOne || isNoOther) return Number(isNoOne) - Number(isNoOther)
    return one < other ? -sign : one > other ? sign : a.index - b.index
  })
}

const head = ({ key, title, isText }: Column, view: View) => {
  const button = el(
    "button",
    {
      type: "button",
      class: "sort",
      onclick: () => view.choose({ sort: view.state().sort === `-${key}` ? key : view.state().sort === key ? undefined : `-${key}` }),
    },
    title,
  )
  const element = el("th", { scope: "col", ...(isText ? { class: "text" } : {}) }, button)
  const update = (sort: string | undefined) => {
    if (sort === key) element.setAttribute("aria-sort", "ascending")
    else if (sort === `-${key}`) element.setAttribute("aria-sort", "descending")
    else element.removeAttribute("aria-sort")
  }
  return { element, update }
}

const row = (sweep: Sweep, columns: ReadonlyArray<Column>, variant: Variant, view: View): HTMLElement => {
  const { index } = variant
  const marks = [index === sweep.data.base ? "base" : "", index === sweep.best ? "best" : ""].filter(Boolean).join(", ")
  const number = el(
    "button",
    {
      type: "button",
      class: "seed",
      "data-variant": index,
      "aria-label": `Variant ${index + 1}: ${sweep.name(index)}`,
      "aria-pressed": `${view.state().variant === index}`,
      onclick: () => view.choose({ variant: view.state().variant === index ? undefined : index }),
    },
    `${index + 1}`,
  )
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, number, marks !== "" && el("small", {}, ` ${marks}`)),
    ...columns.map((column) =>
      el(
        "td",
        column.isText ? { class: "text" } : {},
        column.key === "verdict"
          ? el("span", { class: `told ${column.written(variant)}` }, column.written(variant))
          : column.written(variant),
        column.detail !== undefined && el("small", {}, column.detail(variant)),
      ),
    ),
  )
}

/** The runs of one variant, seed by seed. */
const runsOf = (sweep: Sweep, variant: Variant): HTMLElement => {
  const { data } = sweep
  return el(
    "div",
    { class: "picked" },
    el("h3", {}, `Variant ${variant.index + 1}: ${sweep.name(variant.index)}`),
    percentiles(sweep, variant),
    tableFrame(
      "Runs of the variant",
      "runs",
      [
        columnHead("Seed"),
        ...data.outcomes.map((outcome) => columnHead(outcomeTitle(outcome))),
        columnHead("Run", true),
        columnHead("Execute it again", true),
      ],
      el("tbody", {}, ...variant.runs.map((run, seed) => runRow(sweep, variant, run, seed))),
    ),
  )
}

const runRow = (sweep: Sweep, variant: Variant, run: string | null, seed: number): HTMLElement => {
  const { data } = sweep
  const name = data.seeds[seed] ?? ""
  const failure = data.failures.find((one) => one.variant === variant.index && one.seed === name)
  const command = run === null ? failure?.replay : replayCommand(data.runsFolder, run)
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, name),
    ...data.outcomes.map(({ id, unit }) => el("td", {}, bare(sweep.values(id, variant.index)[seed] ?? NaN, unit))),
    el("td", { class: "text" }, run === null ? "failed" : el("code", { class: "hash" }, run)),
    command === undefined ? el("td", {}) : commandCell(command, `the command of seed ${name}`),
  )
}

const settings = (sweep: Sweep, { index, name, values }: Variant): ReadonlyArray<string | number> => [
  index + 1,
  name ?? "",
  ...sweep.data.knobs.map(({ id }) => {
    const value = values[id]
    return typeof value === "number" ? value : String(value ?? "")
  }),
]

const settingsHeader = ({ data }: Sweep): ReadonlyArray<string> => ["Variant", "Name", ...data.knobs.map(({ id }) => id)]

const variantsCsv = (sweep: Sweep) => ({
  header: [
    ...settingsHeader(sweep),
    "objectives",
    ...sweep.data.outcomes.flatMap(({ id }) =>
      [id, `${id} p10`, `${id} p50`, `${id} p90`].flatMap((name) => [name, `${name} low`, `${name} high`]),
    ),
    "failed",
  ],
  rows: sweep.data.variants.map((variant) => [
    ...settings(sweep, variant),
    sweep.verdict(variant.index) ?? "",
    ...sweep.data.outcomes.flatMap(({ id }) => {
      const { mean, low, high, p10, p50, p90 } = sweep.data.estimates[id]![variant.index]!
      return [{ value: mean, low, high }, p10, p50, p90].flatMap((bounded) =>
        [bounded.value, bounded.low, bounded.high].map((end) => end ?? NaN),
      )
    }),
    variant.failed,
  ]),
})

const runsCsv = (sweep: Sweep) => ({
  header: [...settingsHeader(sweep), "seed", "run", ...sweep.data.outcomes.map(({ id }) => id)],
  rows: sweep.data.variants.flatMap((variant) =>
    variant.runs.map((run, seed) => [
      ...settings(sweep, variant),
      sweep.data.seeds[seed] ?? "",
      run ?? "",
      ...sweep.data.outcomes.map(({ id }) => sweep.values(id, variant.index)[seed] ?? NaN),
    ]),
  ),
})
