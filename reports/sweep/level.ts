import { bare } from "../amount.ts"
import { type Knob, type KnobValue, type Sweep, knobText } from "./sweep.ts"

/** Variants that share a setting of a knob, or whose settings lie in one class. */
export interface Level {
  readonly label: string
  /** Where it stands on an axis of the knob's values: the setting, or the middle of the class; its place where settings are words. */
  readonly at: number
  readonly variants: ReadonlyArray<number>
}

/** More different settings than this are put into classes. */
const LEVELS_MAX = 12
const CLASSES = 8

/** The levels of a knob in ascending order; words in the order in which they first appear. Variants in which it has no single value have none. */
export const levelsOf = (sweep: Sweep, knob: Knob): ReadonlyArray<Level> => {
  const byValue = settingsOf(sweep, knob)
  if (![...byValue.keys()].every((value) => typeof value === "number"))
    return [...byValue].map(([value, variants], at) => ({ label: knobText(value, knob), at, variants }))
  const settings = ([...byValue] as Array<[number, ReadonlyArray<number>]>).toSorted(([a], [b]) => a - b)
  if (settings.length <= LEVELS_MAX) return settings.map(([value, variants]) => ({ label: bare(value, knob.unit), at: value, variants }))
  return classes(settings, knob)
}

/** True where settings were put into classes. */
export const isClassed = (sweep: Sweep, knob: Knob): boolean => {
  const byValue = settingsOf(sweep, knob)
  return byValue.size > LEVELS_MAX && [...byValue.keys()].every((value) => typeof value === "number")
}

/** The variants that have each value. */
const settingsOf = ({ designed }: Sweep, { id }: Knob): ReadonlyMap<KnobValue, ReadonlyArray<number>> => {
  const known = designed.flatMap(({ index, values: { [id]: value } }) => (value === undefined ? [] : [{ index, value }]))
  return new Map([...Map.groupBy(known, ({ value }) => value)].map(([value, variants]) => [value, variants.map(({ index }) => index)]))
}

/** Classes of equal width, on a logarithmic axis where the settings span more than two powers of ten. */
const classes = (settings: ReadonlyArray<readonly [number, ReadonlyArray<number>]>, knob: Knob): ReadonlyArray<Level> => {
  const low = settings[0]![0]
  const high = settings.at(-1)![0]
  const isLog = low > 0 && high / low > 100
  const place = (value: number) => (isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low))
  const valueAt = (share: number) => (isLog ? low * (high / low) ** share : low + share * (high - low))
  return Array.from({ length: CLASSES }, (_, i) => {
    const from = valueAt(i / CLASSES)
    const to = valueAt((i + 1) / CLASSES)
    const variants = settings.flatMap(([value, inside]) => (Math.min(CLASSES - 1, Math.floor(place(value) * CLASSES)) === i ? inside : []))
    return { label: `${bare(from, knob.unit)}–${bare(to, knob.unit)}`, at: valueAt((i + 0.5) / CLASSES), variants }
  }).filter(({ variants }) => variants.length > 0)
}
