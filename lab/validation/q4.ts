import { Effect } from "effect"
import { noJobs } from "../../sim/jobs/job.ts"
import type { Params as Matching } from "../../sim/jobs/matching/index.ts"
import { type Rng, stream } from "../../sim/rng.ts"
import { fromMicros } from "../../sim/units.ts"
import { estimateOf, tickOf, unitPlan, unitRequest } from "./jobWorld.ts"
import { CaseInvalid, integer, referenceCase } from "./referenceCase.ts"

type Auction = "firstPriceAuction" | "secondPriceAuction"

/** One auction among bidders with these costs: what each winner is paid, by bidder. */
const auction = (kind: Auction, costs: ReadonlyArray<number>, units: number, rng: Rng): ReadonlyMap<number, number> => {
  const matching: Matching = { kind, bidders: costs.length }
  const plans = new Map(
    costs.map((cost, bidder) => [`bidder-${String(bidder).padStart(4, "0")}`, { ...unitPlan(1), floorUsdPerGpuHour: cost }]),
  )
  const request =
    units === 1
      ? unitRequest("job")
      : unitRequest("job", { kind: "rendering", workHoursPerGpu: units, parts: Array.from({ length: units }, () => 1) })
  const { outcome } = tickOf(noJobs, 1, plans, [request], { matching, queue: { kind: "none" } }, rng)
  return new Map(outcome.started.map(({ provider, amountMicros }) => [Number(provider.slice(-4)), fromMicros(amountMicros)]))
}

/** What a bidder with these costs gains when it says its cost is `said`. */
const gain = (costs: ReadonlyArray<number>, bidder: number, said: number, units: number, rng: Rng): number => {
  const paid = auction("secondPriceAuction", costs.with(bidder, said), units, rng).get(bidder)
  return paid === undefined ? 0 : paid - costs[bidder]!
}

const lies = [0.01, 0.25, 0.5, 0.75, 0.99]

export const q4 = referenceCase({
  id: "Q4",
  title: "Sealed bids for work, of bidders whose costs are uniform up to the buyer's limit of 1",
  source: "revenue equivalence (Vickrey 1961, Myerson 1981); order statistics of uniform draws",
  parameters: {
    bidders: integer("bidders", "for one job", 5n, { min: 2n, max: 100n }),
    sellers: integer("bidders", "for several units", 10n, { min: 2n, max: 100n }),
    units: integer("units", "bought from as many of them", 3n, { min: 2n, max: 99n }),
    rounds: integer("auctions", "of each sort", 4_000n, { min: 10n, max: 10_000_000n }),
  },
  quantities: {
    firstPriceGain: { unit: "what the buyer keeps of its limit", precision: 0.01 },
    secondPriceGain: { unit: "what the buyer keeps of its limit", precision: 0.01 },
    procurementPrice: { unit: "price of a unit at the best losing bid", precision: 0.01 },
    procurementBid: { unit: "mean price of a unit at the winners' own bids", precision: 0.01 },
    regret: { unit: "largest gain by a lie at the second price", precision: 1e-12 },
  },
  published: [
    {
      at: {},
      expected: { firstPriceGain: 0.666667, secondPriceGain: 0.666667, procurementPrice: 0.363636, procurementBid: 0.363636, regret: 0 },
    },
  ],
  expected: ({ bidders, sellers, units }) => {
    const kept = 1 - 2 / (Number(bidders) + 1)
    const price = (Number(units) + 1) / (Number(sellers) + 1)
    return { firstPriceGain: kept, secondPriceGain: kept, procurementPrice: price, procurementBid: price, regret: 0 }
  },
  measured: ({ bidders, sellers, units, rounds }) =>
    Effect.gen(function* () {
      if (units >= sellers)
        return yield* new CaseInvalid({ message: `units=${units} is no less than sellers=${sellers}: nobody would lose` })
      const [costs, draws] = [stream("q4", "costs"), stream("q4", "draws")]
      const play = (kind: Auction, count: bigint, unitCount: number) =>
        estimateOf(
          Array.from({ length: Number(rounds) }, () => {
            const paid = [...auction(kind, Array.from({ length: Number(count) }, costs.uniform), unitCount, draws).values()]
            return paid.reduce((sum, price) => sum + price, 0) / paid.length
          }),
        )
      const kept = (kind: Auction) => {
        const { mean, standardError } = play(kind, bidders, 1)
        return { mean: 1 - mean, standardError }
      }
      let regret = 0
      for (let round = 0; round < Number(rounds) / 20; round++) {
        const own = Array.from({ length: Number(bidders) }, costs.uniform)
        const honest = gain(own, 0, own[0]!, 1, draws)
        for (const said of lies) regret = Math.max(regret, gain(own, 0, said, 1, draws) - honest)
      }
      return {
        firstPriceGain: kept("firstPriceAuction"),
        secondPriceGain: kept("secondPriceAuction"),
        procurementPrice: play("secondPriceAuction", sellers, Number(units)),
        procurementBid: play("firstPriceAuction", sellers, Number(units)),
        regret,
      }
    }),
})
