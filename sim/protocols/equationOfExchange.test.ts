import { expect, it } from "vitest"
import { exchangePrice } from "./equationOfExchange.ts"

it("is what makes a supply, turned over at its velocity, carry the demand", () => {
  const exchange = { demandUsdPerEpoch: 2e4, velocity: 0.05, mintPerEpoch: 1e4 }
  expect(exchangePrice(exchange, 2e5)).toBe(2)
  expect(exchangePrice(exchange, 1e5)).toBe(4)
  expect(exchangePrice({ ...exchange, velocity: 0.1 }, 2e5)).toBe(1)
})
