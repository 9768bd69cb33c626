import { expect, test } from "vitest"
import { stream } from "../../rng.ts"
import { orderBy } from "./orderBy.ts"

test("sites are ordered by their keys, and where these are equal by rank, in whatever order they come", () => {
  const rng = stream("1", "orderBy")
  for (const count of [0, 1, 2, 3, 5, 64, 1_000]) {
    const keys = Float64Array.from({ length: count }, () => (rng.chance(0.1) ? Infinity : Math.floor(rng.between(-5, 20))))
    const ranks = Int32Array.from({ length: count }, (_, site) => (site * 7_919) % count)
    const sites = Array.from({ length: count }, (_, site) => site).filter(() => rng.chance(0.8))
    const expected = sites.toSorted((a, b) => (keys[a] === keys[b] ? ranks[a]! - ranks[b]! : keys[a]! < keys[b]! ? -1 : 1))
    for (const beginning of [sites, expected, expected.toReversed(), [...expected.slice(count / 3), ...expected.slice(0, count / 3)]])
      expect([...orderBy(beginning, keys, ranks)]).toEqual(expected)
  }
})
