import { Effect } from "effect"
import { sumOf } from "../../sim/facts.ts"
import { type Action, type Genesis, Ledger, type Order, type Receipt } from "../../sim/ledger.ts"
import { claimTerms } from "../../sim/protocols/claims.ts"
import { type Exchange, exchangePrice } from "../../sim/protocols/equationOfExchange.ts"
import { fromWei, toMicros, toWei } from "../../sim/units.ts"
import { pairWorld } from "./pairWorld.ts"
import { CaseInvalid, real, referenceCase } from "./referenceCase.ts"

/**
 * Burn and mint at the price of the equation of exchange, on the contracts: the controller mints, a payer burns tokens at the desk for a
 * constant flow of dollar claims, and the venue posts the price that the equation gives for the supply that the contracts' facts leave.
 */
export const t1 = referenceCase({
  id: "T1",
  title: "Burn-and-mint equilibrium by equation of exchange",
  source: "closed form of dS/dt = mint - velocity S",
  parameters: {
    mintPerEpoch: real("tokens an epoch", "minted", 1e4, { max: 1e9 }),
    demandUsdPerEpoch: real("USD an epoch", "paid in burned tokens", 2e4, { min: 1e-6, max: 1e12 }),
    velocity: real("share an epoch", "of the supply that is spent", 0.05, { min: 1e-6, max: 1 }),
    supply: real("tokens", "at the start", 1e6, { min: 1e-3, max: 1e9 }),
    epochs: real("epochs", "that pass", 50, { max: 1_000 }),
  },
  quantities: {
    supply: { unit: "tokens", precision: 1e-6 },
    price: { unit: "USD a token", precision: 1e-6 },
  },
  published: [
    { at: { epochs: 50 }, expected: { supply: 265_667.9989 } },
    { at: { epochs: 100 }, expected: { supply: 205_390.3576 } },
    { at: { epochs: 1_000 }, expected: { supply: 2e5, price: 2 } },
  ],
  expected: ({ mintPerEpoch, demandUsdPerEpoch, velocity, supply, epochs }) => {
    const steady = mintPerEpoch / velocity
    const reached = steady + (supply - steady) * Math.exp(-velocity * epochs)
    return { supply: reached, price: demandUsdPerEpoch / (velocity * reached) }
  },
  measured: ({ supply, epochs, ...exchange }, { ledger }) =>
    Effect.gen(function* () {
      const steps = Math.min(STEPS_MAX, Math.ceil((exchange.velocity * epochs) / SPENT_PER_STEP))
      const length = epochs / Math.max(steps, 1)
      const genesis = worldOf(supply, exchange.mintPerEpoch * length)
      const reachedWei = yield* Effect.gen(function* () {
        const { settle } = yield* Ledger
        let supplyWei = genesis.supplyWei
        yield* settle([order({ kind: "registry.register", gpuCount: 1, stakeWei: 0n })], genesis.startSeconds + 1)
        for (let step = 0; step < steps; step++) {
          const payments = paymentsOf(exchange, fromWei(supplyWei), supply, length)
          const { receipts } = yield* settle([...payments, ...minting(step)], genesis.startSeconds + (step + 1) * STEP_SECONDS)
          const failed = receipts.find(({ status }) => status === "reverted")
          if (failed !== undefined)
            return yield* new CaseInvalid({ message: `step ${step}: ${failed.order.action.kind}: ${failed.reason}` })
          supplyWei += changeOf(receipts)
        }
        return supplyWei
      }).pipe(Effect.provide(ledger(genesis)))
      const reached = fromWei(reachedWei)
      return { supply: reached, price: exchangePrice(exchange, reached) }
    }),
})

const payer = "payer"
const reporter = "reporter"
const STEP_SECONDS = 60
/** Share of the supply that a step spends, so that Runge and Kutta's error stays below a millionth by far. */
const SPENT_PER_STEP = 0.02
const STEPS_MAX = 600
/** Price of a token at the start on the chain, whose dollar has no more than six digits behind the point. */
const OPENING_USD = 1e6

const worldOf = (supply: number, mintPerStep: number): Genesis => {
  const pair = pairWorld(1_000_000n, 1_000_000n, [
    [payer, toWei(supply), 0n],
    [reporter, 0n, 0n],
  ])
  return {
    ...pair,
    oracle: { ...pair.oracle, reporters: [reporter] },
    emissions: { kind: "fixed", amountWei: toWei(mintPerStep), epochSeconds: STEP_SECONDS },
    claims: { ...claimTerms({ usdPerDayMax: 0, backingMin: 0, reference: "venue", meanHours: 1, maxAgeHours: 48 }), holdings: [] },
  }
}

const order = (action: Action, agent = payer): Order => ({ agent, action, tipWei: 0n })

/**
 * A step's dollars, paid in four parts at the prices of its beginning, middle and end: what a market that quotes all the time comes to, to the
 * fourth order (Runge and Kutta's rule, each part at the supply that the one before foretells).
 */
const paymentsOf = (exchange: Exchange, supply: number, opening: number, length: number): ReadonlyArray<Order> => {
  const scale = OPENING_USD / exchangePrice(exchange, opening)
  const burnAt = (at: number) => exchange.demandUsdPerEpoch / exchangePrice(exchange, at)
  const orders: Array<Order> = []
  let at = supply
  for (const [weight, ahead] of [
    [1 / 6, 1 / 2],
    [1 / 3, 1 / 2],
    [1 / 3, 1],
    [1 / 6, 0],
  ] as const) {
    const usdPerToken = exchangePrice(exchange, at) * scale
    const tokens = (exchange.demandUsdPerEpoch * scale * length * weight) / usdPerToken
    orders.push(order({ kind: "venue.post", priceMicros: toMicros(usdPerToken) }, "operator"))
    orders.push(order({ kind: "claims.issue", amountWei: toWei(tokens) }))
    at = supply + length * ahead * (exchange.mintPerEpoch - burnAt(at))
  }
  return orders
}

/** The epoch's emission, all of it to the payer. */
const minting = (epoch: number): ReadonlyArray<Order> => [
  order({ kind: "oracle.claimWork", epoch, workMillis: 1n }),
  order({ kind: "oracle.report", epoch, workMillis: new Map([[payer, 1n]]) }, reporter),
  order({ kind: "oracle.finalise", epoch }),
  order({ kind: "rewards.claim" }),
]

const changeOf = (receipts: ReadonlyArray<Receipt>): bigint =>
  sumOf(receipts, "emissions.released", (fact) => fact.amountWei) - sumOf(receipts, "claims.issued", (fact) => fact.burnedWei)
