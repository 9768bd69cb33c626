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
}

/** Reads the part of an address after `#`; what this report does not know is ignored. */
export const parseViewState = (hash: string, seeds: ReadonlyArray<string>): ViewState => {
  const fields = new URLSearchParams(hash.replace(/^#/, ""))
  const seed = fields.get("seed")
  const theme = fields.get("theme")
  const tables = fields.get("tables")
  const at = fields.get("at")
  return {
    ...(seed !== null && seeds.includes(seed) ? { seed } : {}),
    ...(theme === "light" || theme === "dark" ? { theme } : {}),
    ...(tables === null ? {} : { tables: tables.split(" ").filter(Boolean) }),
    ...(at === null ? {} : { at }),
  }
}

export const formatViewState = ({ seed, theme, tables, at }: ViewState): string => {
  const fields = new URLSearchParams()
  if (at !== undefined) fields.set("at", at)
  if (seed !== undefined) fields.set("seed", seed)
  if (theme !== undefined) fields.set("theme", theme)
  if (tables !== undefined) fields.set("tables", tables.join(" "))
  return fields.size === 0 ? "" : `#${fields}`
}
