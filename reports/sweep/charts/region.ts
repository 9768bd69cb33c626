import { amount, axisUnit, bare } from "../../amount.ts"
import type { HeatCell } from "../../figure.ts"
import { type Level, isClassed, levelsOf } from "../level.ts"
import { type Knob, type Sweep, knobTitle, meanOver } from "../sweep.ts"
import { type SweepChartMaker, outcomeText, within } from "../sweepChart.ts"

/** One outcome over two knobs, and where the objectives are met. */
export const region: SweepChartMaker = (sweep, { outcome, across, up }) => {
  if (across === undefined || up === undefined) return undefined
  const [columns, rows] = [levelsOf(sweep, across), levelsOf(sweep, up)]
  const cells = rows.flatMap((row, y) =>
    columns.flatMap((column, x) => {
      const inside = new Set(row.variants)
      const variants = column.variants.filter((variant) => inside.has(variant))
      return variants.length === 0 ? [] : [{ x, y, variants, ...meanOver(sweep, outcome.id, variants) }]
    }),
  )
  if (cells.length === 0) return undefined
  const others = sweep.knobs.filter(({ id }) => id !== across.id && id !== up.id)
  const known = cells.filter(({ mean }) => Number.isFinite(mean))
  const extreme = (sign: 1 | -1) => known.reduce((top, cell) => (sign * cell.mean > sign * top.mean ? cell : top), known[0]!)
  const place = ({ x, y }: { x: number; y: number }) => `${across.id} ${inUnit(columns[x]!, across)} and ${up.id} ${inUnit(rows[y]!, up)}`
  const judged = sweep.data.admissible.length > 0
  const count = (rank: number) => cells.filter(({ variants }) => regionOf(sweep, variants) >= rank).length
  const classed = [across, up].filter((knob) => isClassed(sweep, knob)).map(({ id }) => id)
  const table = {
    header: [
      knobTitle(across),
      knobTitle(up),
      outcomeText(outcome),
      "95 % low",
      "95 % high",
      "Variants",
      ...(judged ? ["Meet all", "Undecided", "Fail"] : []),
    ],
    rows: cells.map(({ x, y, variants, mean, low, high }) => [
      label(columns, x),
      label(rows, y),
      mean,
      low,
      high,
      variants.length,
      ...(judged
        ? (["meets", "undecided", "fails"] as const).map((verdict) => variants.filter((v) => sweep.verdict(v) === verdict).length)
        : []),
    ]),
  }
  return {
    id: "region",
    title: `${judged ? "Where are the objectives met, and what do" : "What do"} the settings do to ${within(outcome.label)}?`,
    reading:
      known.length === 0
        ? `${outcome.label} has no value in any of ${cells.length} cells.`
        : `It is highest, ${amount(extreme(1).mean, outcome.unit)}, at ${place(extreme(1))} and lowest, ${amount(extreme(-1).mean, outcome.unit)}, at ${place(extreme(-1))}.` +
          (judged ? ` Of ${cells.length} cells, ${count(2)} meet all objectives and ${count(1) - count(2)} may.` : ""),
    caption:
      `Cell: mean over seeds${others.length > 0 ? ` and over the settings of ${others.map(({ id }) => id).join(", ")}` : ""}. ` +
      (judged
        ? "Thick line: there every variant meets all objectives with its whole 95 % interval; dashed: there some variant meets them or is undecided. "
        : "") +
      (classed.length > 0 ? `Settings of ${classed.join(" and ")} are put into classes of equal width. ` : "") +
      "A click brings out the variant.",
    legend: [],
    figures: [
      {
        kind: "heat",
        heading: outcomeText(outcome),
        unit: outcome.unit,
        columnAxis: knobTitle(across),
        rowAxis: knobTitle(up),
        columns: columns.map((level) => level.label),
        rows: rows.map((level) => level.label),
        cells: cells.map(({ x, y, variants, mean, low, high }): HeatCell => ({
          column: x,
          row: y,
          value: mean,
          region: regionOf(sweep, variants),
          detail:
            (Number.isFinite(low) ? `${bare(low, outcome.unit)} to ${bare(high, outcome.unit)}; ` : "") +
            (variants.length === 1 ? (sweep.verdict(variants[0]!) ?? "1 variant") : `${variants.length} variants`),
          ...(variants.length === 1 ? { variant: variants[0]! } : {}),
        })),
      },
    ],
    table,
    download: table,
  }
}

const inUnit = (level: Level, knob: Knob): string => [level.label, axisUnit(knob.unit)].filter(Boolean).join("\u202f")

const label = (levels: ReadonlyArray<Level>, place: number): string => levels[place]?.label ?? ""

const regionOf = (sweep: Sweep, variants: ReadonlyArray<number>): HeatCell["region"] => {
  const verdicts = variants.map(sweep.verdict)
  if (verdicts.every((verdict) => verdict === "meets")) return 2
  return verdicts.some((verdict) => verdict === "meets" || verdict === "undecided") ? 1 : 0
}
