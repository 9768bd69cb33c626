/**
 * Sites in the order of their keys, those with equal keys by rank: a natural merge sort without a call for each comparison, of which a tick has many.
 * It costs a look at each site where they are in order already, and little more where few are not.
 */
export const orderBy = (sites: ReadonlyArray<number>, keys: Float64Array, ranks: Int32Array): Int32Array => {
  const isBefore = (a: number, b: number): boolean => keys[a]! < keys[b]! || (!(keys[b]! < keys[a]!) && ranks[a]! < ranks[b]!)
  let from = Int32Array.from(sites)
  let to = new Int32Array(from.length)
  /** Where the runs that are in order end. */
  let ends: Array<number> = []
  for (let at = 1; at <= from.length; at++) if (at === from.length || isBefore(from[at]!, from[at - 1]!)) ends.push(at)
  while (ends.length > 1) {
    const merged: Array<number> = []
    for (let run = 0, start = 0; run < ends.length; run += 2) {
      const middle = ends[run]!
      const end = ends[run + 1] ?? middle
      for (let at = start, left = start, right = middle; at < end; at++) {
        const takesRight = left === middle || (right < end && isBefore(from[right]!, from[left]!))
        to[at] = takesRight ? from[right++]! : from[left++]!
      }
      merged.push(end)
      start = end
    }
    ;[from, to] = [to, from]
    ends = merged
  }
  return from
}
