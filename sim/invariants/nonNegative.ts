import type { Invariant } from "../invariant.ts"

/** No amount is below zero. */
export const nonNegative: Invariant = {
  name: "no negative amounts",
  check: (_, after) => negativeIn(after, "ledger"),
}

/** A v3 pool's prices are powers, whose exponents may be negative. */
const exponents: ReadonlySet<unknown> = new Set(["tick", "meanTick", "tickLower", "tickUpper"])

/** Walks the whole view, so that a new protocol is covered without a word here. */
const negativeIn = (value: unknown, path: string): string | undefined => {
  if (typeof value === "bigint" || typeof value === "number") return value < 0 ? `${path} is ${value}` : undefined
  if (typeof value !== "object" || value === null) return undefined
  for (const [key, inner] of value instanceof Map ? value : Object.entries(value)) {
    if (exponents.has(key)) continue
    const found = negativeIn(inner, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
