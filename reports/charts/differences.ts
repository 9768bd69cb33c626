import { pairedDifference } from "../../sim/stats/pairedDifference.ts"
import { changeReading } from "../amount.ts"
import type { Chart, ChartMaker } from "../chart.ts"
import type { SpanRow } from "../figure.ts"
import { type Outcome, hasOutcome, outcomeBySeed, outcomeUnit, outcomes, pairedMeans } from "../outcome.ts"
import type { Report } from "../report.ts"

/** Effects beyond this percentage of the base reach the edge of the axis, so that they do not squash the others. */
const PERCENT_MAX = 100

/** By how much each outcome changes from base to variant, over pairs of runs of one seed. */
export const differences: ChartMaker = (report): Chart | undefined => {
  if (!report.isCompare) return undefined
  const effects = Object.values<Outcome>(outcomes)
    .filter((outcome) => hasOutcome(report, outcome))
    .map((outcome) => effect(report, outcome))
    .filter(({ difference }) => difference.count > 0)
  if (effects.length === 0) return undefined
  const [baseName = "", variantName = ""] = report.scenarioNames
  const moved = effects.filter(({ difference: { low, high } }) => low > 0 || high < 0).length
  const same = effects.filter(isSame)
  const rows = effects.filter((one) => one.outcome.isRelative && one.baseMean !== 0 && !isSame(one)).map(row)
  return {
    id: "differences",
    title: `What does ${variantName} change?`,
    reading:
      `${moved} of ${effects.length} outcomes change clearly over ${effects[0]?.difference.count ?? 0} pairs of runs: their 95 % interval leaves zero out.` +
      (same.length > 0 ? ` ${same.length} are the same to the last digit on every seed.` : ""),
    caption:
      `Dot: mean difference, ${variantName} less ${baseName}, in percent of the mean of ${baseName}; line: 95 % interval (Student's t over pairs), ` +
      "cut at ±100 %. One in twenty intervals leaves zero out by chance alone." +
      (same.length > 0 ? ` Not drawn, because nothing moved: ${same.map(({ outcome }) => outcome.label.toLowerCase()).join("; ")}.` : ""),
    legend: [],
    opensTable: true,
    figures: [{ kind: "spans", heading: "Change of the mean", unit: "%", isChange: true, rows, domain: axis(rows) }],
    table: {
      header: ["Outcome", "Unit", baseName, variantName, "Difference", "95 % low", "95 % high", "Pairs"],
      rows: effects.map(({ outcome, unit, baseMean, variantMean, difference }) => {
        const scale = unit === "share" ? 100 : 1
        const { mean: middle, low, high, count } = difference
        const shownUnit = unit === "share" ? "%" : unit
        return [outcome.label, shownUnit, baseMean * scale, variantMean * scale, middle * scale, low * scale, high * scale, count]
      }),
    },
    download: {
      header: ["Outcome", "Unit", "Seed", baseName, variantName],
      rows: effects.flatMap(({ outcome, unit, base, variant }) =>
        [...base].flatMap(([seed, value]) => (variant.has(seed) ? [[outcome.label, unit, seed, value, variant.get(seed) ?? NaN]] : [])),
      ),
    },
  }
}

/** Nothing moved on any seed; with common random numbers that is exact. */
const isSame = ({ base, variant }: Effect): boolean => [...base].every(([seed, value]) => !variant.has(seed) || variant.get(seed) === value)

interface Effect {
  readonly outcome: Outcome
  readonly unit: string
  readonly base: ReadonlyMap<string, number>
  readonly variant: ReadonlyMap<string, number>
  readonly baseMean: number
  readonly variantMean: number
  readonly difference: ReturnType<typeof pairedDifference>
}

const effect = (report: Report, outcome: Outcome): Effect => {
  const base = outcomeBySeed(report, outcome, 0)
  const variant = outcomeBySeed(report, outcome, 1)
  const [baseMean, variantMean] = pairedMeans(base, variant)
  return {
    outcome,
    unit: outcomeUnit(report, outcome),
    base,
    variant,
    baseMean,
    variantMean,
    difference: pairedDifference(base, variant),
  }
}

const row = ({ outcome, base, variant, baseMean, difference }: Effect): SpanRow => {
  const inPercent = (value: number) => (value / Math.abs(baseMean)) * 100
  const relative = {
    count: difference.count,
    mean: inPercent(difference.mean),
    low: inPercent(difference.low),
    high: inPercent(difference.high),
  }
  return {
    label: outcome.label,
    style: 1,
    middle: relative.mean,
    low: relative.low,
    high: relative.high,
    text: changeReading(relative, "%"),
    bySeed: new Map([...base].map(([seed, value]) => [seed, inPercent((variant.get(seed) ?? NaN) - value)])),
  }
}

/** Symmetric around nothing changed. */
const axis = (rows: ReadonlyArray<SpanRow>): readonly [number, number] => {
  const ends = rows.flatMap(({ low, middle, high }) => [low, middle, high]).filter(Number.isFinite)
  const reach = Math.min(PERCENT_MAX, Math.max(1, ...ends.map(Math.abs)))
  return [-reach * 1.02, reach * 1.02]
}
