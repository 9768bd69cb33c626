/** Test twin only: state whose writes can be taken back as a whole, as those of a reverted transaction are. */
export interface Cell<V> {
  readonly get: () => V
  readonly set: (value: V) => void
}

/** A mapping as in Solidity: a key that was never written reads as `missing`. */
export interface Table<V> {
  readonly get: (key: string) => V
  readonly set: (key: string, value: V) => void
  /** Written keys in the order of their first write. */
  readonly entries: () => ReadonlyArray<readonly [string, V]>
}

export interface Journal {
  readonly cell: <V>(initial: V) => Cell<V>
  readonly table: <V>(missing: V) => Table<V>
  /** Runs to the end, or takes back every write and throws what was thrown. */
  readonly attempt: <A>(transaction: () => A) => A
}

export const journal = (): Journal => {
  const undo: Array<() => void> = []
  return {
    cell: <V>(initial: V): Cell<V> => {
      let value = initial
      return {
        get: () => value,
        set: (next) => {
          const before = value
          undo.push(() => (value = before))
          value = next
        },
      }
    },
    table: <V>(missing: V): Table<V> => {
      const values = new Map<string, V>()
      return {
        get: (key) => values.get(key) ?? missing,
        set: (key, next) => {
          const before = values.get(key)
          undo.push(() => (before === undefined ? values.delete(key) : values.set(key, before)))
          values.set(key, next)
        },
        entries: () => [...values],
      }
    },
    attempt: (transaction) => {
      undo.length = 0
      try {
        return transaction()
      } catch (error) {
        while (undo.length > 0) undo.pop()?.()
        throw error
      }
    },
  }
}
