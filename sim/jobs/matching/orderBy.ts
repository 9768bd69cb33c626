/** Sites in the order of their keys, those with equal keys by rank: a merge sort without a call for each comparison, of which a tick has many. */
export const orderBy = (sites: ReadonlyArray<number>, keys: Float64Array, ranks: Int32Array): Int32Array => {
  const isBefore = (a: number, b: number): boolean => keys[a]! < keys[b]! || (!(keys[b]! < keys[a]!) && ranks[a]! < ranks[b]!)
  let from = Int32Array.from(sites)
  let to = new Int32Array(from.length)
  for (let width = 1; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length)
      const end = Math.min(middle + width, from.length)
      for (let at = start, left = start, right = middle; at < end; at++) {
        const takesRight = left === middle || (right < end && isBefore(from[right]!, from[left]!))
        to[at] = takesRight ? from[right++]! : from[left++]!
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}
