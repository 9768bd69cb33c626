import { expect, test } from "vitest"
import { stream } from "../sim/rng.ts"
import { type Compared, differencesOf } from "./difference.ts"

const seeds = Array.from({ length: 10 }, (_, index) => `${index + 1}`)

/** A metric whose difference is `effect` with a spread of 1. */
const metric = (name: string, effect: number): Compared => {
  const rng = stream("difference", name)
  const base = new Map(seeds.map((seed) => [seed, 10 * rng.normal()]))
  return { metric: name, unit: "u", base, variant: new Map(seeds.map((seed) => [seed, base.get(seed)! + effect + rng.normal()])) }
}

test("a strong effect among forty metrics without one is seen, and none of the others is", () => {
  const noise = Array.from({ length: 40 }, (_, index) => metric(`noise ${index}`, 0))
  const differences = differencesOf([...noise, metric("strong", 4)], seeds)
  expect(differences.filter(({ differs }) => differs === "yes").map(({ metric }) => metric)).toEqual(["strong"])
  // Some bare intervals do exclude 0: that is what the column is for.
  expect(differences.filter(({ low, high }) => low > 0 || high < 0).length).toBeGreaterThan(1)
})

test("says how many seeds an undecided difference needs", () => {
  const [weak] = differencesOf([metric("weak", 0.3)], seeds)
  expect(weak!.differs).toBe("undecided")
  expect(weak!.seedsNeeded).toBeGreaterThan(seeds.length)
  expect(weak!.seedsNeededSafe).toBeGreaterThan(weak!.seedsNeeded)
})

test("what is equal in every seed differs by nothing and costs the others nothing", () => {
  const some = metric("some", 2)
  const [equal, beside] = differencesOf([{ ...some, metric: "equal", variant: some.base }, some], seeds)
  expect(equal).toMatchObject({ difference: 0, low: 0, high: 0, differs: "no" })
  expect(beside!.pHolm).toBe(beside!.p)
})

test("one seed decides nothing", () => {
  const alone = { metric: "alone", unit: "u", base: new Map([["1", 1]]), variant: new Map([["1", 2]]) }
  expect(differencesOf([alone], ["1"])[0]).toMatchObject({ differs: "undecided", p: NaN, low: NaN, seedsNeeded: NaN })
})
