import { Effect } from "effect"
import { Ledger, type Order } from "../../sim/ledger.ts"
import { type Rng, stream } from "../../sim/rng.ts"
import { compareIds } from "../../sim/sequence.ts"
import { mean } from "../../sim/stats/mean.ts"
import { pairWorld } from "./pairWorld.ts"
import { integer, referenceCase } from "./referenceCase.ts"

/** Random unit transfers of the real token between pairs of holders: the Boltzmann wealth model, on a chain. */
export const m4 = referenceCase({
  id: "M4",
  title: "Boltzmann wealth model on a real ERC-20",
  source: "Dragulescu and Yakovenko 2000; the stationary law is geometric, with Gini coefficient (1 + m) / (1 + 2 m)",
  parameters: {
    holders: integer("holders", "who exchange", 100n, { min: 2n, max: 2_000n }),
    meanUnits: integer("units per holder", "the mean wealth m", 100n, { min: 1n, max: 100_000n }),
    transfers: integer("transfers", "of one unit each, in each seed", 4_000n, { min: 1n, max: 1_000_000n }),
    seeds: integer("seeds", "independent repetitions", 24n, { min: 2n, max: 1_000n }),
    // From an equal start the law is reached after about holders x meanUnits^2 transfers.
    equalStart: integer("0 or 1", "1: all begin equal; 0: all begin in the stationary law, which the transfers must keep", 0n, { max: 1n }),
  },
  quantities: {
    gini: { unit: "share", precision: 0.02 },
    supplyChange: { unit: "units", precision: 0 },
  },
  published: [{ at: {}, expected: { gini: 0.5025, supplyChange: 0n } }],
  expected: ({ meanUnits }) => ({ gini: (1 + Number(meanUnits)) / (1 + 2 * Number(meanUnits)), supplyChange: 0n }),
  measured: ({ holders, meanUnits, transfers, seeds, equalStart }, { ledger }) =>
    Effect.gen(function* () {
      const ginis: number[] = []
      let supplyChange = 0n
      for (let seed = 1; seed <= Number(seeds); seed++) {
        const rng = stream(`m4/${seed}`, "pairs")
        const ids = Array.from({ length: Number(holders) }, (_, index) => `holder-${String(index).padStart(4, "0")}`).toSorted(compareIds)
        const start = equalStart === 1n ? ids.map(() => meanUnits) : randomDivision(meanUnits * holders, Number(holders), rng)
        const genesis = pairWorld(
          10n ** 18n,
          10n ** 18n,
          ids.map((id, index) => [id, start[index]!, 0n]),
        )
        const orders = Array.from({ length: Number(transfers) }, () => transfer(ids, rng))
        const { before, after } = yield* Effect.gen(function* () {
          const { observe, settle } = yield* Ledger
          const before = yield* observe
          for (let from = 0; from < orders.length; from += 1_000)
            yield* settle(orders.slice(from, from + 1_000), genesis.startSeconds + from)
          return { before, after: yield* observe }
        }).pipe(Effect.provide(ledger(genesis)))
        ginis.push(gini(ids.map((id) => Number(after.token.balanceWei.get(id)))))
        const change = after.token.supplyWei - before.token.supplyWei
        supplyChange += change < 0n ? -change : change
      }
      const average = mean(ginis)
      const variance = ginis.reduce((sum, value) => sum + (value - average) ** 2, 0) / (ginis.length - 1)
      return { gini: { mean: average, standardError: Math.sqrt(variance / ginis.length) }, supplyChange }
    }),
})

/** A holder without a unit cannot pay; its order reverts on the chain, as in the model nothing happens. */
const transfer = (ids: ReadonlyArray<string>, rng: Rng): Order => {
  const payer = Math.floor(rng.between(0, ids.length))
  const payee = (payer + 1 + Math.floor(rng.between(0, ids.length - 1))) % ids.length
  return { agent: ids[payer]!, action: { kind: "token.transfer", to: ids[payee]!, amountWei: 1n }, tipWei: 0n }
}

/** Every division of the units among the holders is equally likely: distinct bars between the units (stars and bars). */
const randomDivision = (units: bigint, holders: number, rng: Rng): ReadonlyArray<bigint> => {
  const places = Number(units) + holders - 1
  const bars = new Set<number>()
  while (bars.size < holders - 1) bars.add(1 + Math.floor(rng.between(0, places)))
  const edges = [0, ...[...bars].toSorted((a, b) => a - b), places + 1]
  return edges.slice(1).map((edge, index) => BigInt(edge - edges[index]! - 1))
}

/** Mean absolute difference over twice the mean, over pairs of different holders, so that few holders do not bias it. */
const gini = (wealth: ReadonlyArray<number>): number => {
  const sorted = wealth.toSorted((a, b) => a - b)
  const total = sorted.reduce((sum, value) => sum + value, 0)
  const weighted = sorted.reduce((sum, value, index) => sum + (2 * (index + 1) - sorted.length - 1) * value, 0)
  return weighted / ((sorted.length - 1) * total)
}
