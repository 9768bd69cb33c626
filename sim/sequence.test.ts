import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Order } from "./ledger.ts"
import { stream } from "./rng.ts"
import { type Batch, sequence, sequencePolicies } from "./sequence.ts"

const batch = (agent: string, tips: ReadonlyArray<number>): Batch => ({
  agent,
  orders: tips.map((tip, index): Order => ({ agent, action: { kind: "oracle.finalise", epoch: index }, tipWei: BigInt(tip) })),
})
const agentsOf = (orders: ReadonlyArray<Order>) => orders.map(({ agent }) => agent)

describe("sequence", () => {
  it("puts the highest tip first and breaks ties by name", () => {
    const orders = sequence("tip", [batch("c", [1]), batch("b", [5]), batch("a", [1])], stream("1"))
    expect(agentsOf(orders)).toEqual(["b", "a", "c"])
  })

  it("shuffles by its own stream only", () => {
    const batches = ["a", "b", "c", "d", "e"].map((id) => batch(id, [0]))
    const first = agentsOf(sequence("shuffle", batches, stream("1")))
    expect(agentsOf(sequence("shuffle", [...batches].reverse(), stream("1")))).toEqual(first)
    const others = Array.from({ length: 20 }, (_, seed) => agentsOf(sequence("shuffle", batches, stream(`seed ${seed}`))).join())
    expect(new Set(others).size).toBeGreaterThan(10)
  })

  it.each(sequencePolicies)("%s keeps every order once, and each agent's own order, however the batches come", (policy) => {
    const aBatches = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.nat(9), { minLength: 1, maxLength: 4 })), {
      selector: ([id]) => id,
      maxLength: 12,
    })
    fc.assert(
      fc.property(aBatches, (pairs) => {
        const batches = pairs.map(([id, tips]) => batch(id, tips))
        const orders = sequence(policy, batches, stream("1"))
        expect(sequence(policy, [...batches].reverse(), stream("1"))).toEqual(orders)
        for (const { agent, orders: own } of batches) expect(orders.filter((order) => order.agent === agent)).toEqual(own)
        expect(orders).toHaveLength(batches.flatMap((each) => each.orders).length)
      }),
    )
  })
})
