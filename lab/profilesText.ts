import type { Profiles } from "../sim/profile.ts"

/** Profiles as their file has them: a line for each figure. */
export const profilesText = (profiles: Profiles): string => `${lines(profiles, "")}\n`

const lines = (value: unknown, indent: string): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item) => lines(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${lines(item, inner)}`)
  const isFigure = !Array.isArray(value) && "provenance" in value
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"]
  return isFigure ? `${open} ${parts.join(", ")} ${close}` : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`
}
