import { Effect } from "effect"
import { exchangePrice, supplyAfterBurnAndMint } from "../../sim/protocols/equationOfExchange.ts"
import { real, referenceCase } from "./referenceCase.ts"

/** Burn and mint at the price of the equation of exchange: the flows, step by step, against the solution. */
export const t1 = referenceCase({
  id: "T1",
  title: "Burn-and-mint equilibrium by equation of exchange",
  source: "closed form of dS/dt = mint - velocity S",
  parameters: {
    mintPerEpoch: real("tokens an epoch", "minted", 1e4, { max: 1e12 }),
    demandUsdPerEpoch: real("USD an epoch", "paid in burned tokens", 2e4, { min: 1e-6, max: 1e12 }),
    velocity: real("share an epoch", "of the supply that is spent", 0.05, { min: 1e-6, max: 1 }),
    supply: real("tokens", "at the start", 1e6, { min: 1e-3, max: 1e12 }),
    epochs: real("epochs", "that pass", 50, { max: 10_000 }),
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
  measured: ({ supply, epochs, ...exchange }) => {
    const reached = supplyAfterBurnAndMint(exchange, supply, epochs)
    return Effect.succeed({ supply: reached, price: exchangePrice(exchange, reached) })
  },
})
