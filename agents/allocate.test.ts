import fc from "fast-check"
import { expect, it } from "vitest"
import { allocate, type Offer } from "./allocate.ts"

const rewardOf = (parts: ReadonlyMap<string, number>, offers: ReadonlyArray<Offer>) =>
  offers.reduce((sum, { id, reward, othersStake }) => {
    const part = parts.get(id)!
    return part > 0 ? sum + (reward * part) / (part + othersStake) : sum
  }, 0)

it("puts everything where alone something is paid", () => {
  expect(
    allocate(100, [
      { id: "a", reward: 0, othersStake: 10 },
      { id: "b", reward: 5, othersStake: 1_000 },
    ]),
  ).toEqual(
    new Map([
      ["a", 0],
      ["b", 100],
    ]),
  )
})

it("puts nothing anywhere when nothing is paid", () => {
  expect(allocate(100, [{ id: "a", reward: 0, othersStake: 10 }])).toEqual(new Map([["a", 0]]))
})

it("divides evenly between equals, and leaves a poor farm out", () => {
  const equal = { reward: 10, othersStake: 50 }
  const parts = allocate(100, [
    { id: "a", ...equal },
    { id: "b", ...equal },
    { id: "c", reward: 1, othersStake: 500 },
  ])
  expect(parts.get("a")).toBeCloseTo(50, 9)
  expect(parts.get("b")).toBeCloseTo(50, 9)
  expect(parts.get("c")).toBe(0)
})

it("gives all that there is, and no other division earns more", () => {
  const offer = fc.record({
    reward: fc.double({ min: 0.1, max: 100, noNaN: true }),
    othersStake: fc.double({ min: 1, max: 1000, noNaN: true }),
  })
  fc.assert(
    fc.property(
      fc.array(offer, { minLength: 2, maxLength: 4 }),
      fc.double({ min: 1, max: 1000, noNaN: true }),
      fc.nat(),
      (list, capital, pick) => {
        const offers = list.map((one, index) => ({ id: `${index}`, ...one }))
        const parts = allocate(capital, offers)
        expect([...parts.values()].reduce((sum, part) => sum + part, 0)).toBeCloseTo(capital, 6)
        expect(Math.min(...parts.values())).toBeGreaterThanOrEqual(-1e-9)
        const [from, to] = [`${pick % offers.length}`, `${(pick + 1) % offers.length}`]
        const moved = Math.min(parts.get(from)!, capital / 100)
        const other = new Map(parts).set(from, parts.get(from)! - moved).set(to, parts.get(to)! + moved)
        expect(rewardOf(other, offers)).toBeLessThanOrEqual(rewardOf(parts, offers) * (1 + 1e-9))
      },
    ),
  )
})
