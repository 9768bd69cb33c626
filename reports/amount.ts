/** How numbers are written: three significant digits, thousands kept whole, large ones shortened, a true minus sign. */

/** From three to six significant digits. */
const formats = [3, 4, 5, 6].map((maximumSignificantDigits) => ({
  significant: new Intl.NumberFormat("en", { maximumSignificantDigits }),
  compact: new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits }),
}))
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 })
const cents = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** A thin space that does not break keeps number and unit together. */
const THIN = "\u202f"
const MINUS = "\u2212"

/** Units that say nothing a label does not say. */
const silent = new Set(["", "1", "count", "number"])

const isShare = (unit: string) => unit === "share" || unit === "ratio"

export const number = (value: number, extraDigits = 0): string => {
  if (!Number.isFinite(value)) return "–"
  const size = Math.abs(value)
  if (size > 0 && size < 1e-4) return scientific(value)
  const { significant, compact } = formats[extraDigits] ?? formats.at(-1)!
  const written = size >= 10_000 ? compact.format(value) : size >= 1000 ? whole.format(value) : significant.format(value)
  return written.replace(/^-(0)$/, "$1").replace("-", MINUS)
}

/** A whole number with all its digits. */
export const integer = (value: number): string => whole.format(value).replace("-", MINUS)

/** An amount of money with its cents. */
export const money = (value: number): string =>
  cents
    .format(value)
    .replace(/^-(0\.00)$/, "$1")
    .replace("-", MINUS)

/** "5.9 × 10⁻⁵". */
const scientific = (value: number): string => {
  const [digits = "", exponent = ""] = value.toExponential(1).split("e")
  const raised = [...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "⁻").join("")
  return `${digits.replace("-", MINUS)} × 10${raised}`
}

/** A number with its unit, e.g. "0.42 USD" or "12.5 %". */
export const amount = (value: number, unit: string): string => {
  if (!Number.isFinite(value)) return "–"
  return bare(value, unit) + suffix(unit)
}

/** A number without its unit, for the first end of an interval. */
export const bare = (value: number, unit: string, extraDigits = 0): string => number(isShare(unit) ? value * 100 : value, extraDigits)

/** A change without its unit, as an axis shows it. */
export const signedBare = (value: number, unit: string): string => signed(bare(value, unit))

/** A gain or a loss with its sign, e.g. "+3.2 %". */
export const signedAmount = (value: number, unit: string): string => (Number.isFinite(value) ? signedBare(value, unit) + suffix(unit) : "–")

/** A change with its sign. The difference of two shares is told in percentage points. */
export const change = (value: number, unit: string): string =>
  Number.isFinite(value) ? signedBare(value, unit) + spaced(changeUnit(unit)) : "–"

/** The size of a change, e.g. "62.4 points". */
export const distance = (value: number, unit: string): string =>
  Number.isFinite(value) ? bare(value, unit) + spaced(changeUnit(unit)) : "–"

/** "0.31 to 0.55 USD". */
export const range = (low: number, high: number, unit: string): string => `${bare(low, unit)} to ${amount(high, unit)}`

interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

interface MeanAndRange {
  readonly mean: string
  readonly range: string
  /** Without its unit, where a column has it. */
  readonly bareRange: string
}

/** A mean without its unit and its interval with it, in as many digits as tell them apart; no interval where its ends are not numbers. */
export const meanAndRange = ({ mean, low, high }: Interval, unit: string): MeanAndRange => {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { mean: bare(mean, unit), range: "", bareRange: "" }
  const values = [...new Set([low, mean, high])]
  const extraDigits = formats.findIndex((_, extra) => new Set(values.map((value) => bare(value, unit, extra))).size === values.length)
  const [from = "", centre = "", to = ""] = [low, mean, high].map((value) => bare(value, unit, Math.max(0, extraDigits)))
  return { mean: centre, range: `${from} to ${to}${suffix(unit)}`, bareRange: `${from} to ${to}` }
}

/** "0.4 USD (0.31 to 0.55 USD)". */
export const amountWithin = (interval: Interval, unit: string): string => {
  const { mean, range: around } = meanAndRange(interval, unit)
  return `${mean}${suffix(unit)}${around === "" ? "" : ` (${around})`}`
}

/** "+0.02 to +0.15 USD". */
export const changeRange = (low: number, high: number, unit: string): string => `${signedBare(low, unit)} to ${change(high, unit)}`

export const signedRange = (low: number, high: number, unit: string): string => `${signedBare(low, unit)} to ${signedAmount(high, unit)}`

/** A mean change with its interval; common random numbers make "no change" exact. */
export const changeReading = (
  { count, mean, low, high }: { count: number; mean: number; low: number; high: number },
  unit: string,
): string => {
  if (mean === 0 && (count < 2 || low === high)) return "no change"
  return count > 1 ? `${change(mean, unit)} (${changeRange(low, high, unit)})` : change(mean, unit)
}

export const percent = (share: number): string => amount(share, "share")

/** The unit as an axis shows it. */
export const axisUnit = (unit: string): string => (isShare(unit) ? "%" : silent.has(unit) ? "" : unit)

/** The unit of a difference as an axis shows it. */
export const changeUnit = (unit: string): string => (isShare(unit) ? "points" : axisUnit(unit))

/** A name with its unit as an axis has it, e.g. "Utilisation, %". */
export const titled = (name: string, unit: string): string => [name, unit].filter(Boolean).join(", ")

const suffix = (unit: string): string => spaced(axisUnit(unit))

const spaced = (unit: string): string => (unit === "" ? "" : THIN + unit)

const signed = (written: string): string => (/^(?!0$)\d/.test(written) ? `+${written}` : written)
