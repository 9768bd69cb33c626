import { change, changeReading } from "../../amount.ts"
import { type MeanInterval, meanInterval } from "../../../sim/stats/mean.ts"
import { studentTQuantile } from "../../../sim/stats/studentT.ts"
import { levelsOf } from "../level.ts"
import { type Knob, type Sweep, knobTitle, meanOver, meansOf, seedMeans } from "../sweep.ts"
import { type SweepChartMaker, within } from "../sweepChart.ts"

/** Knobs by how far they move the outcome from one end of their settings to the other. */
export const tornado: SweepChartMaker = (sweep, { outcome }) => {
  const all = sweep.designed.map(({ index }) => index)
  const centre = meanOver(sweep, outcome.id, all).mean
  const swings = sweep.knobs
    .map((knob) => swingOf(sweep, outcome.id, knob, centre))
    .filter(({ swing }) => Number.isFinite(swing.mean))
    .toSorted((a, b) => width(b.extent) - width(a.extent))
  if (swings.length < 2) return undefined
  const unclear = swings.filter(({ swing: { low, high } }) => low <= 0 && high >= 0).length
  const inside = swings.filter(({ ends, extent }) => width(extent) > 1.15 * Math.abs(ends[1].mean - ends[0].mean))
  const table = {
    header: ["Knob", "Lowest setting", "There", "Highest setting", "There", "Highest less lowest", "95 % low", "95 % high"],
    rows: swings.map(({ knob, ends, swing }) => [
      knobTitle(knob),
      ends[0].label,
      ends[0].mean,
      ends[1].label,
      ends[1].mean,
      swing.mean,
      swing.low,
      swing.high,
    ]),
  }
  return {
    id: "tornado",
    title: `How far does each knob move ${within(outcome.label)}?`,
    reading:
      `From its lowest to its highest setting ${swings[0]!.knob.id} changes it by ${changeReading(swings[0]!.swing, outcome.unit)}, ` +
      `${swings.at(-1)!.knob.id} by ${changeReading(swings.at(-1)!.swing, outcome.unit)}.` +
      (unclear > 0 ? ` For ${unclear} of ${swings.length} knobs zero is within the interval.` : ""),
    caption:
      "Bars: mean at the knob's lowest and highest setting, or class of settings, less the mean of all variants; line: 95 % interval over " +
      (sweep.isBalanced ? "seeds" : "the variants there, whose other settings are a sample") +
      ". The other knobs are averaged over." +
      (inside.length > 0
        ? ` Shaded: what lies between; ${inside.map(({ knob }) => knob.id).join(", ")} ${inside.length > 1 ? "do most inside their ranges, not at the ends" : "does most inside its range, not at its ends"}.`
        : ""),
    legend: [
      { label: "lowest setting", style: 0 },
      { label: "highest setting", style: 1 },
    ],
    figures: [
      {
        kind: "bars",
        heading: "against the mean of all variants",
        unit: outcome.unit,
        isChange: true,
        origin: 0,
        rows: swings.map(({ knob, ends, extent }) => ({
          label: knobTitle(knob),
          text: `${ends[0].label}: ${change(ends[0].mean, outcome.unit)}; ${ends[1].label}: ${change(ends[1].mean, outcome.unit)}`,
          bars: ends.map(({ label, mean, low, high }, style) => ({ style, name: label, to: mean, low, high })),
          extent,
        })),
      },
    ],
    table,
    download: table,
  }
}

const width = ([low, high]: readonly [number, number]): number => high - low

const swingOf = (sweep: Sweep, outcome: string, knob: Knob, centre: number) => {
  const levels = levelsOf(sweep, knob).map((level) => {
    const { mean, low, high } = meanOver(sweep, outcome, level.variants)
    return { ...level, mean: mean - centre, low: low - centre, high: high - centre }
  })
  const ends = [levels[0]!, levels.at(-1)!] as const
  const extent = [
    Math.min(0, ...levels.map(({ mean }) => mean).filter(Number.isFinite)),
    Math.max(0, ...levels.map(({ mean }) => mean).filter(Number.isFinite)),
  ] as const
  if (!sweep.isBalanced) {
    const [from, to] = ends.map(({ variants }) => meansOf(sweep, outcome, variants))
    return { knob, ends, extent, swing: apart(from!, to!) }
  }
  const [lowest, highest] = ends.map(({ variants }) => seedMeans(variants.map((variant) => sweep.values(outcome, variant))))
  const paired = (lowest ?? []).map((value, seed) => (highest?.[seed] ?? NaN) - value).filter(Number.isFinite)
  const swing = paired.length > 0 ? meanInterval(paired) : { count: 0, mean: ends[1].mean - ends[0].mean, low: NaN, high: NaN }
  return { knob, ends, extent, swing }
}

/** Difference of two independent means with its 95 % interval; degrees of freedom of the smaller sample, which is on the safe side of Welch's. */
const apart = (from: ReadonlyArray<number>, to: ReadonlyArray<number>): MeanInterval => {
  const [one, other] = [meanInterval(from), meanInterval(to)]
  const count = Math.min(one.count, other.count)
  const mean = other.mean - one.mean
  if (count < 2) return { count, mean, low: NaN, high: NaN }
  const errors = [one, other].map((sample) => (sample.high - sample.mean) / studentTQuantile(0.975, sample.count - 1))
  const half = studentTQuantile(0.975, count - 1) * Math.hypot(...errors)
  return { count, mean, low: mean - half, high: mean + half }
}
