import { expect, test } from "vitest"
import { rosterOf } from "./roster.ts"

const named = (ids: ReadonlyArray<string>): ReadonlyMap<string, unknown> => new Map(ids.map((id) => [id, {}]))

test("a roster that is remembered is what a new one would be, whoever comes, goes or changes places", () => {
  const ids = ["c", "a", "b"]
  const plans = [["c", "a", "b"], ["a", "b", "c"], ["c", "a", "b", "d"], ["a", "c"], ["c", "a", "d"], []]
  for (const next of plans) {
    const last = rosterOf(named([]), named(ids))
    const [again, anew] = [rosterOf(named(ids), named(next), last), rosterOf(named(ids), named(next))]
    expect(again.ids).toEqual(anew.ids)
    expect([...again.ranks]).toEqual([...anew.ranks])
    expect(again.ids.map(again.indexOf)).toEqual(again.ids.map((_, site) => site))
    expect([...again.ids].toSorted()).toEqual(again.ids.toSorted((a, b) => again.ranks[again.indexOf(a)]! - again.ranks[again.indexOf(b)]!))
  }
})

test("sites that nobody plans for come first", () => {
  expect(rosterOf(named(["b", "a", "c"]), named(["d", "a"])).ids).toEqual(["b", "c", "d", "a"])
})
