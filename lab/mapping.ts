/** Data of a file that is keys and values. */
export type Mapping = Readonly<Record<string, unknown>>

export const isMapping = (value: unknown): value is Mapping => typeof value === "object" && value !== null && !Array.isArray(value)

export const valueAt = (data: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((value, key) => (isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined), data)

/** The same data with another value at a path that is there. */
export const withValueAt = (data: unknown, [key, ...rest]: ReadonlyArray<string>, value: unknown): unknown =>
  key === undefined ? value : { ...(data as Mapping), [key]: withValueAt((data as Mapping)[key], rest, value) }
