import { pairedDifference } from "../sim/stats/pairedDifference.ts"
import { amount, change, changeRange, range, signedAmount, signedRange } from "./amount.ts"
import { type Outcome, hasOutcome, outcomeBySeed, outcomeUnit, pairedMeans } from "./outcome.ts"
import type { Report } from "./report.ts"
import { spread, spreadPhrase } from "./spread.ts"

/** "0.42 USD (0.31 to 0.55 USD over 5 seeds)". */
export const seedsReading = (values: ReadonlyArray<number>, unit: string, isSigned = false): string => {
  const { count, middle, low, high } = spread(values)
  const [write, writeRange] = isSigned ? [signedAmount, signedRange] : [amount, range]
  if (count <= 1) return `${write(middle, unit)} (${spreadPhrase(1)})`
  if (low === high) return `${write(middle, unit)} (the same ${spreadPhrase(count)})`
  if (write(low, unit) === write(high, unit)) return `${write(middle, unit)} (the same to three digits ${spreadPhrase(count)})`
  return `${write(middle, unit)} (${writeRange(low, high, unit)} ${spreadPhrase(count)})`
}

/**
 * A chart's sentence about one outcome: `subject` is its beginning, e.g. "The price ends at". A comparison states both scenarios and the
 * paired difference.
 */
export const reading = (report: Report, subject: string, outcome: Outcome): string => {
  if (!hasOutcome(report, outcome)) return ""
  const unit = outcomeUnit(report, outcome)
  const base = outcomeBySeed(report, outcome, 0)
  if (!report.isCompare) return `${subject} ${seedsReading([...base.values()], unit, outcome.isSigned)}.`
  const variant = outcomeBySeed(report, outcome, 1)
  const [baseName, variantName] = report.scenarioNames
  const missing = [base, variant].findIndex((values) => [...values.values()].every(Number.isNaN))
  if (missing >= 0) {
    const [there, thereName, otherName] = missing === 0 ? [variant, variantName, baseName] : [base, baseName, variantName]
    return `${subject} ${seedsReading([...there.values()], unit, outcome.isSigned)} in ${thereName}; ${otherName} has nothing of the kind.`
  }
  const write = outcome.isSigned ? signedAmount : amount
  const [baseMean, variantMean] = pairedMeans(base, variant)
  const both = `${subject} ${write(baseMean, unit)} in ${baseName} and ${write(variantMean, unit)} in ${variantName}`
  return `${both} (means); ${differenceReading(base, variant, unit)}.`
}

const differenceReading = (base: ReadonlyMap<string, number>, variant: ReadonlyMap<string, number>, unit: string): string => {
  const { count, mean, low, high } = pairedDifference(base, variant)
  if (count === 0) return "no seed is common to both"
  if (count === 1) return `a difference of ${change(mean, unit)} on the one common seed`
  if (low === 0 && high === 0) return "no difference on any seed"
  return `on the same seeds the difference is ${change(mean, unit)} (95 % interval ${changeRange(low, high, unit)})`
}
