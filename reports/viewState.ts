/** What a reader has chosen; it lives in the address, so that a link restores it. */
export interface ViewState {
  /** The seed that is brought out in every figure. */
  readonly seed?: string
  /** In place of the system's choice. */
  readonly theme?: "light" | "dark"
  /** Charts whose table is open; those that open by themselves until the reader has chosen. */
  readonly tables?: ReadonlyArray<string>
  /** The section that the link leads to. */
  readonly at?: string
  /** Of a sweep: the outcome looked at, the two knobs that it is spread over, the variant that is brought out, and the table's order. */
  readonly outcome?: string
  readonly across?: string
  readonly up?: string
  readonly variant?: number
  readonly sort?: string
}

/** What there is to choose from; the rest of an address is ignored. */
export interface Choices {
  readonly seeds: ReadonlyArray<string>
  readonly outcomes?: ReadonlyArray<string>
  readonly knobs?: ReadonlyArray<string>
  readonly variantCount?: number
}

/** Reads the part of an address after `#`; what this report does not know is ignored. */
export const parseViewState = (hash: string, { seeds, outcomes = [], knobs = [], variantCount = 0 }: Choices): ViewState => {
  const fields = new URLSearchParams(hash.replace(/^#/, ""))
  const seed = fields.get("seed")
  const theme = fields.get("theme")
  const tables = fields.get("tables")
  const at = fields.get("at")
  const one = <Key extends string>(key: Key, known: ReadonlyArray<string>) => {
    const value = fields.get(key)
    return value !== null && known.includes(value) ? ({ [key]: value } as { readonly [P in Key]?: string }) : {}
  }
  const variant = Number(fields.get("variant") ?? NaN)
  const sort = fields.get("sort")
  return {
    ...(seed !== null && seeds.includes(seed) ? { seed } : {}),
    ...(theme === "light" || theme === "dark" ? { theme } : {}),
    ...(tables === null ? {} : { tables: tables.split(" ").filter(Boolean) }),
    ...(at === null ? {} : { at }),
    ...one("outcome", outcomes),
    ...one("across", knobs),
    ...one("up", knobs),
    ...(Number.isInteger(variant) && variant >= 0 && variant < variantCount ? { variant } : {}),
    ...(sort === null || variantCount === 0 ? {} : { sort }),
  }
}

export const formatViewState = ({ seed, theme, tables, at, outcome, across, up, variant, sort }: ViewState): string => {
  const fields = new URLSearchParams()
  if (at !== undefined) fields.set("at", at)
  if (seed !== undefined) fields.set("seed", seed)
  if (theme !== undefined) fields.set("theme", theme)
  if (tables !== undefined) fields.set("tables", tables.join(" "))
  for (const [key, value] of Object.entries({ outcome, across, up, variant, sort })) if (value !== undefined) fields.set(key, String(value))
  return fields.size === 0 ? "" : `#${fields}`
}
