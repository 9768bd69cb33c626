import { Schema } from "effect"
import { formulaWords } from "../../sim/formula.ts"
import { isMapping, type Mapping } from "../mapping.ts"
import { suggestion } from "../suggestion.ts"

/** What a knob can be set to. */
export const KnobValue = Schema.Union([Schema.Finite, Schema.String, Schema.Boolean]).annotate({
  title: "a number, a text, or true or false",
})
export type KnobValue = typeof KnobValue.Type

/** Why a knob cannot be called so; undefined where it can. Knobs are variables of formulas. */
export const whyNoKnobId = (id: string): string | undefined => {
  if (!/^[a-z]\w{0,31}$/i.test(id)) return "is no name of a knob: a letter, then letters, digits and _, at most 32"
  return formulaWords.includes(id) ? "is a word of formulas; choose another name" : undefined
}

export const KnobPath = Schema.String.check(Schema.isPattern(/^\w[\w-]*(\.[\w-]+)*$/)).annotate({
  title: "keys with dots between them, items of lists by their id or counted from 0, such as agents.home.count",
})

/** A dotted path as keys of data: items of lists by number. */
export type Keys = ReadonlyArray<string | number>

/** What all variants have in common, or what is a name and changes nothing. */
const fixed: Readonly<Record<string, string>> = {
  name: "is a name and changes nothing in a run",
  question: "is a text and changes nothing in a run",
  seeds: "is shared by all variants; write seeds: NUMBER beside knobs",
  objectives: "are shared by all variants; write objectives: LIST beside knobs",
}

/** Why something in a scenario is no knob; undefined where it may be one. */
export const whyNoKnob = (path: string): string | undefined => {
  const root = path.split(".")[0]!
  return Object.hasOwn(fixed, root) ? `${root} ${fixed[root]}` : undefined
}

/** Where a dotted path leads in a scenario's data, or why it leads nowhere. What the data leave to a default is no reason: the schema knows. */
export const keysOf = (data: unknown, path: string): { readonly keys: Keys } | { readonly lack: string } => {
  const keys: Array<string | number> = []
  let here = data
  for (const [depth, word] of path.split(".").entries()) {
    const walked = path.split(".").slice(0, depth).join(".")
    if (Array.isArray(here)) {
      const index = indexOf(here, word)
      if (index === undefined) return { lack: `${walked} has no item ${word}${itemsText(here, word)}` }
      keys.push(index)
      here = here[index]
    } else if (isMapping(here) || here === undefined) {
      keys.push(word)
      here = here === undefined || !Object.hasOwn(here, word) ? undefined : here[word]
    } else return { lack: `${walked} is ${JSON.stringify(here)}, a single value, and holds no ${word}` }
  }
  return { keys }
}

const indexOf = (list: ReadonlyArray<unknown>, word: string): number | undefined => {
  const named = list.findIndex((item) => isMapping(item) && item["id"] === word)
  if (named >= 0) return named
  return /^\d+$/.test(word) && Number(word) < list.length ? Number(word) : undefined
}

const itemsText = (list: ReadonlyArray<unknown>, word: string): string => {
  const ids = list.flatMap((item) => (isMapping(item) && typeof item["id"] === "string" ? [item["id"]] : []))
  if (list.length === 0) return "; the list is empty"
  if (ids.length < list.length) return `; its items are counted from 0 to ${list.length - 1}`
  return suggestion(word, ids) || `; it has ${ids.join(", ")}`
}

/** The value there; undefined where the data have none. */
export const valueAtKeys = (data: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>(
    (here, key) => (typeof here === "object" && here !== null && Object.hasOwn(here, key) ? (here as Mapping)[key] : undefined),
    data,
  )

/** The same data with another value there. What is not on the way is shared with the original. */
export const withValueAtKeys = (data: unknown, [key, ...rest]: Keys, value: unknown): unknown => {
  if (key === undefined) return value
  if (Array.isArray(data)) return data.with(Number(key), withValueAtKeys(data[Number(key)], rest, value))
  const mapping = (data ?? {}) as Mapping
  return { ...mapping, [key]: withValueAtKeys(Object.hasOwn(mapping, key) ? mapping[key] : undefined, rest, value) }
}
