import { bare, distance, range } from "../../amount.ts"
import type { Scatter } from "../../figure.ts"
import { type Level, levelsOf } from "../level.ts"
import { type Knob, type Sweep, type SweepOutcome, knobTitle, meanOver } from "../sweep.ts"
import { type SweepChartMaker, outcomeText, within } from "../sweepChart.ts"

/** What each knob does to the outcome when all others are averaged over. */
export const knobEffects: SweepChartMaker = (sweep, { outcome }) => {
  const effects = sweep.knobs
    .map((knob) => ({ knob, levels: levelsOf(sweep, knob).map((level) => ({ ...level, ...meanOver(sweep, outcome.id, level.variants) })) }))
    .filter(({ levels }) => levels.some(({ mean }) => Number.isFinite(mean)))
  if (effects.length === 0) return undefined
  const spans = effects.map(({ knob, levels }) => {
    const means = levels.map(({ mean }) => mean).filter(Number.isFinite)
    return { knob, span: spanOf(Math.min(...means), Math.max(...means)) }
  })
  const strongest = spans.reduce((most, one) => (one.span > most.span ? one : most))
  const ends = effects.flatMap(({ levels }) => levels.flatMap(({ mean, low, high }) => [mean, low, high])).filter(Number.isFinite)
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1
  const table = {
    header: ["Knob", "Setting", outcomeText(outcome), "95 % low", "95 % high", "Variants"],
    rows: effects.flatMap(({ knob, levels }) =>
      levels.map((level) => [knobTitle(knob), level.label, level.mean, level.low, level.high, level.variants.length]),
    ),
  }
  return {
    id: "knob-effects",
    title: `Which knob moves ${within(outcome.label)}?`,
    reading:
      `${strongest.knob.id} moves it most: its settings differ by ${distance(strongest.span, outcome.unit)} on average` +
      (spans.length > 1
        ? `; ${spans
            .filter((one) => one !== strongest)
            .map(({ knob, span }) => `${knob.id} by ${distance(span, outcome.unit)}`)
            .join(", ")}.`
        : "."),
    caption:
      "Dot: mean over the variants that share a setting or class of settings; bar: 95 % interval (Student's t) " +
      (sweep.isBalanced
        ? `over seeds${sweep.data.values === undefined ? ", left out of this result" : ""}.`
        : "over these variants, whose other settings are a sample and differ from point to point.") +
      " All figures have the same axis.",
    legend: [],
    figures: effects.map(({ knob, levels }) => figure(outcome, knob, levels, [low - room, high + room])),
    table,
    download: {
      header: ["Knob", "Setting", "Variant", "Seed", outcomeText(outcome)],
      rows: effects.flatMap(({ knob, levels }) => singleRuns(sweep, outcome, knob, levels)),
    },
  }
}

/** Means of equal numbers differ in their last digits. */
const spanOf = (low: number, high: number): number => (high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high)) ? high - low : 0)

interface Effect extends Level {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const figure = (outcome: SweepOutcome, knob: Knob, levels: ReadonlyArray<Effect>, domain: readonly [number, number]): Scatter => ({
  kind: "scatter",
  heading: outcomeText(outcome),
  x: { label: knob.id, unit: knob.unit, names: levels.map(({ at, label: name }) => ({ at, name })) },
  y: { unit: outcome.unit, domain },
  points: levels.map(({ at, label: name, mean, low, high, variants }) => ({
    x: at,
    y: mean,
    yLow: low,
    yHigh: high,
    style: 0,
    heading: `${knobTitle(knob)}: ${name}`,
    text: bare(mean, outcome.unit),
    detail: (Number.isFinite(low) ? `${range(low, high, outcome.unit)}; ` : "") + `${variants.length} variants`,
  })),
  paths: [{ style: 0, points: levels.map(({ at, mean }) => [at, mean] as const).filter(([, mean]) => Number.isFinite(mean)) }],
  rules: domain[0] < 0 && domain[1] > 0 ? [0] : [],
})

const singleRuns = (sweep: Sweep, outcome: SweepOutcome, knob: Knob, levels: ReadonlyArray<Level>) =>
  levels.flatMap(({ label, variants }) =>
    variants.flatMap((variant) =>
      sweep.values(outcome.id, variant).map((value, seed) => [knobTitle(knob), label, variant, sweep.data.seeds[seed] ?? "", value]),
    ),
  )
