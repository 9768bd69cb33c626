import { type MeanInterval, meanInterval } from "../../sim/stats/mean.ts"
import { amount, axisUnit, bare, titled } from "../amount.ts"
import type { SweepData, SweepPage } from "../sweepData.ts"
import { isBalanced } from "./isBalanced.ts"
import { unitOfPath } from "./unitOfPath.ts"

/** Its unit is empty where nothing tells it. */
export type Knob = SweepData["knobs"][number] & { readonly unit: string }
export type SweepOutcome = SweepData["outcomes"][number]
export type Variant = SweepData["variants"][number]
export type KnobValue = Variant["values"][string]
export type Verdict = SweepData["admissible"][number]["verdict"]

/** The result of a sweep with the questions that its page asks of it. Numbers that are missing are NaN. */
export interface Sweep {
  readonly data: SweepPage
  /** Knobs that have more than one value. */
  readonly knobs: ReadonlyArray<Knob>
  /** What knobs are judged by: the variants of the design. A base that was added to it would be a setting of its own in every knob. */
  readonly designed: ReadonlyArray<Variant>
  /** The knobs' settings are met with each other equally often, as in a grid. */
  readonly isBalanced: boolean
  /** One value a seed, in the order of the seeds; empty where the result does not hold single runs. */
  readonly values: (outcome: string, variant: number) => ReadonlyArray<number>
  readonly estimate: (outcome: string, variant: number) => MeanInterval
  /** Paired with the base by seed. */
  readonly difference: (outcome: string, variant: number) => MeanInterval
  /** Of all objectives together; undefined where there is none. */
  readonly verdict: (variant: number) => Verdict | undefined
  /** The name of a variant, or its settings. */
  readonly name: (variant: number) => string
  /** The variant to remember; undefined where nothing says what is good. */
  readonly best: number | undefined
}

/** A value of a knob as a reader sees it. */
export const knobText = (value: KnobValue | undefined, knob: Knob): string =>
  typeof value === "number" ? amount(value, knob.unit) : String(value ?? "–")

/** The same where the unit stands elsewhere. */
export const bareKnobText = (value: KnobValue | undefined, knob: Knob): string =>
  typeof value === "number" ? bare(value, knob.unit) : knobText(value, knob)

/** A knob as an axis names it, e.g. "burn, bps". */
export const knobTitle = ({ id, unit }: Knob): string => titled(id, axisUnit(unit))

export const openSweep = (data: SweepPage): Sweep => {
  const knobs = data.knobs
    .filter(({ id }) => new Set(data.variants.map(({ values }) => values[id])).size > 1)
    .map((knob): Knob => ({ ...knob, unit: knob.unit ?? unitOfPath(knob.paths[0] ?? "") }))
  const designed = designedOf(data)
  const estimate = (outcome: string, variant: number) => interval(data.estimates[outcome]?.[variant])
  const settings = ({ values }: Variant) =>
    knobs
      .map((knob) => `${knob.id} ${knob.unit === "share" ? knobText(values[knob.id], knob) : bareKnobText(values[knob.id], knob)}`)
      .join(", ")
  return {
    data,
    knobs,
    designed,
    isBalanced: isBalanced(designed, knobs),
    values: (outcome, variant) => (data.values?.[outcome]?.[variant] ?? []).map((value) => value ?? NaN),
    estimate,
    difference: (outcome, variant) => interval(data.differences[outcome]?.[variant]),
    verdict: (variant) => data.admissible[variant]?.verdict,
    name: (variant) => {
      const found = data.variants[variant]
      return found === undefined ? "" : found.name || settings(found) || `variant ${variant + 1}`
    },
    best: bestOf(data, estimate),
  }
}

const designedOf = ({ variants, knobs, base, sensitivity }: SweepData): ReadonlyArray<Variant> => {
  const before = variants.slice(0, -1)
  if (base !== before.length || isBalanced(variants, knobs)) return variants
  return variants[base]?.name === "scenario" || sensitivity !== undefined || isBalanced(before, knobs) ? before : variants
}

const interval = (found: { count: number; mean: number | null; low: number | null; high: number | null } | undefined): MeanInterval => ({
  count: found?.count ?? 0,
  mean: found?.mean ?? NaN,
  low: found?.low ?? NaN,
  high: found?.high ?? NaN,
})

const verdictOrder: ReadonlyArray<Verdict> = ["fails", "undecided", "meets"]

/**
 * What a search or an attack ended with; else the variant with the best verdict, among those the one that meets all objectives together
 * most surely, and among equals the one whose first objective has most room.
 */
const bestOf = (data: SweepData, estimate: Sweep["estimate"]): number | undefined => {
  const found = data.search?.best ?? data.attack?.best
  if (found !== undefined && found !== null) return found
  const [first] = data.objectives
  if (first === undefined) return undefined
  const room = (variant: number) => {
    const { mean } = estimate(`${first.metric}.${first.window}`, variant)
    return Number.isNaN(mean) ? -Infinity : first.op.startsWith(">") ? mean : -mean
  }
  const order = (a: number, b: number) => {
    const [one, other] = [data.admissible[a]!, data.admissible[b]!]
    return (
      verdictOrder.indexOf(other.verdict) - verdictOrder.indexOf(one.verdict) ||
      other.low - one.low ||
      (room(a) === room(b) ? 0 : room(b) - room(a))
    )
  }
  return data.admissible.map((_, variant) => variant).toSorted(order)[0]
}

/**
 * Mean of several variants. In a balanced design its interval is over seeds, of what each came to over these variants; otherwise it is over
 * the variants, because the settings of their other knobs are a sample, and an interval over seeds alone would take its luck for an effect.
 */
export const meanOver = (sweep: Sweep, outcome: string, variants: ReadonlyArray<number>): MeanInterval => {
  if (variants.length === 1) return sweep.estimate(outcome, variants[0]!)
  if (!sweep.isBalanced) return meanInterval(meansOf(sweep, outcome, variants))
  const rows = variants.map((variant) => sweep.values(outcome, variant)).filter((row) => row.length > 0)
  if (rows.length === 0) {
    return { count: 0, mean: meanInterval(meansOf(sweep, outcome, variants)).mean, low: NaN, high: NaN }
  }
  return meanInterval(seedMeans(rows).filter(Number.isFinite))
}

/** The means of those variants that have one. */
export const meansOf = (sweep: Sweep, outcome: string, variants: ReadonlyArray<number>): ReadonlyArray<number> =>
  variants.map((variant) => sweep.estimate(outcome, variant).mean).filter(Number.isFinite)

/** By seed, the mean over variants; NaN where one of them has no value, so that every seed stands for the same settings. */
export const seedMeans = (rows: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> => {
  const seeds = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const whole = Array.from({ length: seeds }, (_, seed) => rows.reduce((sum, row) => sum + (row[seed] ?? NaN), 0) / rows.length)
  if (whole.some(Number.isFinite)) return whole
  return Array.from({ length: seeds }, (_, seed) => {
    const known = rows.map((row) => row[seed] ?? NaN).filter(Number.isFinite)
    return known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
