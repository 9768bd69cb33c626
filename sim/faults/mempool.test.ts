import * as fc from "fast-check"
import { expect, it } from "vitest"
import type { Order } from "../ledger.ts"
import { stream } from "../rng.ts"
import { emptyMempool, include } from "./mempool.ts"
import { calm } from "./ports.ts"

const order = (agent: string, amount: number): Order => ({
  agent,
  action: { kind: "token.transfer", to: "treasury", amountWei: BigInt(amount) },
  tipWei: 0n,
})
const [a1, a2, b1, b2, c1] = [order("a", 1), order("a", 2), order("b", 1), order("b", 2), order("c", 1)]

it("takes all where nothing is wrong, and what fits where there is little room, the oldest first", () => {
  expect(include(emptyMempool, [a1, b1], 1, calm)).toEqual({ included: [a1, b1], mempool: emptyMempool })
  const first = include(emptyMempool, [a1, b1, a2], 1, { ...calm, ordersMax: 2 })
  expect(first.included).toEqual([a1, b1])
  const second = include(first.mempool, [c1], 2, { ...calm, ordersMax: 2 })
  expect(second).toEqual({ included: [a2, c1], mempool: emptyMempool })
})

it("takes nothing for as long as a reorganisation lasts, then everything", () => {
  const lost = { ...calm, reorg: () => ({ delayTicks: 2, shuffle: undefined }) }
  const first = include(emptyMempool, [a1], 5, lost)
  const second = include(first.mempool, [b1], 6, calm)
  const third = include(second.mempool, [c1], 7, calm)
  expect([first.included, second.included, third.included]).toEqual([[], [], [a1, b1, c1]])
})

it("loses no order and doubles none, and keeps each agent's own order, whatever happens", () => {
  const ticks = fc.array(
    fc.record({
      orders: fc.subarray([a1, b1, a2, b2, c1]),
      ordersMax: fc.nat({ max: 6 }),
      reorg: fc.option(fc.record({ delayTicks: fc.nat({ max: 4 }), isShuffled: fc.boolean() }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(ticks, (plan) => {
      const rng = stream("1", "order")
      let mempool = emptyMempool
      const taken: Array<Order> = []
      for (const [tick, { orders, ordersMax, reorg }] of plan.entries()) {
        const lost = reorg && { delayTicks: reorg.delayTicks, shuffle: reorg.isShuffled ? rng : undefined }
        const step = include(mempool, orders, tick + 1, { ordersMax, reorg: () => lost })
        mempool = step.mempool
        taken.push(...step.included)
      }
      const of = (list: ReadonlyArray<Order>, agent: string) => list.filter((one) => one.agent === agent)
      const sent = plan.flatMap(({ orders }) => orders)
      for (const agent of ["a", "b", "c"]) expect(of([...taken, ...mempool.waiting], agent)).toEqual(of(sent, agent))
    }),
    { seed: 7, numRuns: 200 },
  )
})
