import type { Invariant } from "../invariant.ts"

/** No amount is below zero. */
export const nonNegative: Invariant = {
  name: "no negative amounts",
  check: (_, after) => negativeIn(after, "ledger"),
}

/** A v3 pool's prices are powers, whose exponents may be negative. */
const exponents: ReadonlySet<unknown> = new Set(["tick", "meanTick", "tickLower", "tickUpper"])

/** Walks the whole view, so that a new protocol is covered without a word here; the path is put together where something is found. */
const negativeIn = (value: unknown, path: string): string | undefined => {
  if (typeof value === "bigint" || typeof value === "number") return value < 0 ? `${path} is ${value}` : undefined
  if (typeof value !== "object" || value === null) return undefined
  if (value instanceof Map) {
    for (const [key, inner] of value) {
      if (exponents.has(key)) continue
      if (isPlainAmount(inner)) continue
      const found = negativeIn(inner, `${path}.${key}`)
      if (found !== undefined) return found
    }
    return undefined
  }
  for (const key in value) {
    const inner: unknown = value[key as keyof typeof value]
    if (exponents.has(key) || isPlainAmount(inner)) continue
    const found = negativeIn(inner, `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

const isPlainAmount = (value: unknown): boolean =>
  typeof value === "string" || ((typeof value === "bigint" || typeof value === "number") && value >= 0)
