import fc from "fast-check"
import { expect, test } from "vitest"
import { parseShard, shardOf } from "./shard.ts"

test("all shards together have each run once, and differ by one run at most", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 200 }), fc.integer({ min: 1, max: 40 }), (runs, count) => {
      const shards = Array.from({ length: count }, (_, index) => [...shardOf(runs, { index, count })])
      expect(shards.flat().toSorted()).toEqual(runs.toSorted())
      const sizes = shards.map(({ length }) => length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  ["0/1", { index: 0, count: 1 }],
  ["7/8", { index: 7, count: 8 }],
  ["8/8", undefined],
  ["1/0", undefined],
  ["-1/8", undefined],
  ["1", undefined],
  ["1/8/2", undefined],
])("%s", (text, shard) => {
  expect(parseShard(text)).toEqual(shard)
})
