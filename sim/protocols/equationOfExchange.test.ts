import { expect, test } from "vitest"
import { exchangePrice, supplyAfterBurnAndMint } from "./equationOfExchange.ts"

const exchange = { demandUsdPerEpoch: 2e4, velocity: 0.05, mintPerEpoch: 1e4 }

test("the price carries the demand with the spent share of the supply", () => {
  expect(exchangePrice(exchange, 1e6) * 1e6 * exchange.velocity).toBeCloseTo(exchange.demandUsdPerEpoch, 9)
})

test("the supply tends to what is minted over what is spent, from above and from below", () => {
  const steady = exchange.mintPerEpoch / exchange.velocity
  expect(supplyAfterBurnAndMint(exchange, 1e6, 500)).toBeCloseTo(steady, 4)
  expect(supplyAfterBurnAndMint(exchange, 1, 500)).toBeCloseTo(steady, 4)
  expect(supplyAfterBurnAndMint(exchange, steady, 500)).toBeCloseTo(steady, 6)
})

test("two spans are one", () => {
  const halfway = supplyAfterBurnAndMint(exchange, 1e6, 12.5)
  expect(supplyAfterBurnAndMint(exchange, halfway, 12.5)).toBeCloseTo(supplyAfterBurnAndMint(exchange, 1e6, 25), 6)
  expect(supplyAfterBurnAndMint(exchange, 1e6, 0)).toBe(1e6)
})
