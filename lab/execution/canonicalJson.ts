/**
 * JSON with one spelling for equal data: keys sorted by code unit, bigints as decimal strings, and the numbers that JSON lacks as
 * strings. What is undefined is left out.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === "bigint") return `"${value}"`
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`
  if (value === null || typeof value !== "object") return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  const entries = value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : Object.entries(value)
  const members = entries
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(",")}}`
}
