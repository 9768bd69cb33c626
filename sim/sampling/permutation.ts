import type { Rng } from "../rng.ts"

/** A uniformly random order of 0, 1, ..., count - 1 (Fisher-Yates). */
export const permutation = (count: number, rng: Rng): Array<number> => {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const chosen = Math.floor(rng.uniform() * (last + 1))
    ;[order[last], order[chosen]] = [order[chosen]!, order[last]!]
  }
  return order
}
