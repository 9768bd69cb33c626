import { amount } from "../../amount.ts"
import type { ScatterPoint } from "../../figure.ts"
import type { Sweep, SweepOutcome } from "../sweep.ts"
import { type SweepChartMaker, outcomeText, within } from "../sweepChart.ts"
import { sampled } from "../sampled.ts"

const POINTS_MAX = 1_500

/** Which variants no other one beats in everything that is wanted. */
export const front: SweepChartMaker = (sweep) => {
  const { data } = sweep
  const [one, other] = (data.front?.objectives ?? []).flatMap(({ outcome, goal }) => {
    const found = data.outcomes.find(({ id }) => id === outcome)
    return found === undefined ? [] : [{ outcome: found, goal }]
  })
  if (data.front === undefined || one === undefined || other === undefined) return undefined
  const onFront = new Set(data.front.variants)
  const more = data.front.objectives.length - 2
  const point = (variant: number): ScatterPoint => {
    const [x, y] = [sweep.estimate(one.outcome.id, variant), sweep.estimate(other.outcome.id, variant)]
    const verdict = sweep.verdict(variant)
    return {
      x: x.mean,
      y: y.mean,
      xLow: onFront.has(variant) ? x.low : NaN,
      xHigh: x.high,
      yLow: onFront.has(variant) ? y.low : NaN,
      yHigh: y.high,
      style: onFront.has(variant) ? 0 : 6,
      isHollow: verdict !== undefined && verdict !== "meets",
      ...(variant === sweep.best ? { name: "best" } : variant === data.base ? { name: "base" } : {}),
      heading: sweep.name(variant),
      text: `${amount(x.mean, one.outcome.unit)}, ${amount(y.mean, other.outcome.unit)}`,
      detail: [onFront.has(variant) ? "on the front" : "", verdict ?? ""].filter(Boolean).join(", "),
      variant,
    }
  }
  const kept = data.variants.filter(({ index }) => onFront.has(index) || index === sweep.best || index === data.base)
  const others = sampled(
    data.variants.filter((variant) => !kept.includes(variant)),
    POINTS_MAX,
  )
  const path = data.front.variants
    .map((variant) => [sweep.estimate(one.outcome.id, variant).mean, sweep.estimate(other.outcome.id, variant).mean] as const)
    .toSorted(([a], [b]) => a - b)
  const admissible = data.front.variants.filter((variant) => sweep.verdict(variant) === "meets").length
  const table = {
    header: [
      "Variant",
      outcomeText(one.outcome),
      "95 % low",
      "95 % high",
      outcomeText(other.outcome),
      "95 % low",
      "95 % high",
      "Objectives",
    ],
    rows: data.front.variants.map((variant) => row(sweep, [one.outcome, other.outcome], variant)),
  }
  return {
    id: "front",
    title: `What is the trade\u2011off between ${within(one.outcome.label)} and ${within(other.outcome.label)}?`,
    reading:
      `${onFront.size} of ${data.variants.length} variants are on the front: no other one is better in ${more > 0 ? `all ${2 + more} that are wanted` : "both"}` +
      (data.admissible.length > 0 ? `; ${admissible} of them meet all objectives.` : "."),
    caption:
      "Means over seeds; bars: 95 % intervals of the variants on the front, which is drawn through means, so neighbours whose intervals meet are not told apart." +
      (data.admissible.length > 0 ? " Filled: meets all objectives; ring: does not, or is undecided." : "") +
      (more > 0 ? ` The front counts ${more} more outcome${more > 1 ? "s" : ""} that this picture has no axis for.` : "") +
      (others.length + kept.length < data.variants.length ? ` Drawn: all of the front and ${others.length} others, evenly chosen.` : ""),
    legend: [
      { label: "on the front", style: 0 },
      { label: "beaten by another", style: 6 },
    ],
    figures: [
      {
        kind: "scatter",
        heading: `${outcomeText(other.outcome)} (${other.goal === "max" ? "more" : "less"} is better)`,
        x: { label: `${outcomeText(one.outcome)} (${one.goal === "max" ? "more" : "less"} is better)`, unit: one.outcome.unit },
        y: { unit: other.outcome.unit },
        points: [...others, ...kept].map(({ index }) => point(index)),
        paths: more > 0 ? [] : [{ style: 0, points: path }],
        rules: [],
      },
    ],
    table,
    download: {
      ...table,
      header: [...table.header, "On the front"],
      rows: data.variants.map(({ index }) => [...row(sweep, [one.outcome, other.outcome], index), onFront.has(index) ? 1 : 0]),
    },
  }
}

const row = (sweep: Sweep, outcomes: ReadonlyArray<SweepOutcome>, variant: number): ReadonlyArray<string | number> => [
  sweep.name(variant),
  ...outcomes.flatMap(({ id }) => {
    const { mean, low, high } = sweep.estimate(id, variant)
    return [mean, low, high]
  }),
  sweep.verdict(variant) ?? "",
]
