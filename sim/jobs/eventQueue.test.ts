import * as fc from "fast-check"
import { expect, it } from "vitest"
import { compareIds } from "../sequence.ts"
import { eventQueue } from "./eventQueue.ts"

it("gives events by hour, rank and id, whatever the order in which they came, and while others still come", () => {
  const anEvent = fc.record({ hours: fc.integer({ min: 0, max: 5 }), rank: fc.integer({ min: 0, max: 3 }) })
  fc.assert(
    fc.property(fc.array(anEvent, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (given, first) => {
      const id = (_rank: number, subject: number) => `e${subject}`
      const queue = eventQueue(id, { fromHours: 1, untilHours: 4, events: 7 })
      const taken: Array<number> = []
      const waiting = new Set<number>()
      const takeOne = () => {
        const best = [...waiting].sort(
          (a, b) => given[a]!.hours - given[b]!.hours || given[a]!.rank - given[b]!.rank || compareIds(id(0, a), id(0, b)),
        )[0]!
        expect(queue.next()).toBe(true)
        expect([queue.hours(), queue.rank(), queue.subject()]).toEqual([given[best]!.hours, given[best]!.rank, best])
        taken.push(queue.subject())
        waiting.delete(best)
      }
      given.forEach(({ hours, rank }, subject) => {
        queue.push(hours, rank, subject)
        waiting.add(subject)
        if (subject % 3 === 2 && subject < first) takeOne()
      })
      while (waiting.size > 0) takeOne()
      expect(queue.next()).toBe(false)
      expect(taken.length).toBe(given.length)
    }),
  )
})
