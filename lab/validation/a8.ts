import { Effect } from "effect"
import { roundTrip } from "../../sim/protocols/roundTrip.ts"
import { splitRoute } from "../../sim/protocols/splitRoute.ts"
import { fromWei } from "../../sim/units.ts"
import { pairWorld, settleIn } from "./pairWorld.ts"
import { type CaseError, integer, referenceCase, type Services } from "./referenceCase.ts"

const one = 10n ** 18n
const reserve = (description: string, value: bigint) => integer("units", description, value * one, { min: one, max: 10n ** 25n })

/** A sale split over two real pairs, and the trade that their difference in price invites, through both. */
export const a8 = referenceCase({
  id: "A8",
  title: "Split routing and arbitrage between two Uniswap v2 pairs",
  source: "closed form: equal marginal prices; Angeris et al. 2022, Optimal Routing for Constant Function Market Makers",
  parameters: {
    amountIn: integer("units of token 0", "sold over both pairs", 400n * one, { min: one, max: 10n ** 25n }),
    firstReserve0: reserve("token 0 in the first pair", 1000n),
    firstReserve1: reserve("token 1 in the first pair", 1000n),
    secondReserve0: reserve("token 0 in the second pair", 3000n),
    secondReserve1: reserve("token 1 in the second pair", 3000n),
  },
  quantities: {
    firstIn: { unit: "tokens", precision: 1e-9 },
    secondIn: { unit: "tokens", precision: 1e-9 },
    amountOut: { unit: "tokens", precision: 1e-9 },
    arbitrageIn: { unit: "tokens of the one that is sold first", precision: 1e-9 },
    arbitrageProfit: { unit: "tokens of the one that is sold first", precision: 1e-9 },
  },
  published: [
    { at: {}, expected: { firstIn: 100, secondIn: 300, amountOut: 362.644357552, arbitrageIn: 0, arbitrageProfit: 0 } },
    { at: { secondReserve0: 1003n * one, secondReserve1: 1000n * one }, expected: { arbitrageIn: 0, arbitrageProfit: 0 } },
  ],
  expected: (values) => {
    const [first, second] = pairsOf(values)
    const secondIn = bestSplit(values.amountIn, second, first)
    const firstIn = values.amountIn - secondIn
    const trips = [bestTrip(first, turned(second)), bestTrip(second, turned(first))]
    const trip = trips[0]!.profit >= trips[1]!.profit ? trips[0]! : trips[1]!
    return {
      firstIn: fromWei(firstIn),
      secondIn: fromWei(secondIn),
      amountOut: fromWei(paidFor(firstIn, first) + paidFor(secondIn, second)),
      arbitrageIn: fromWei(trip.amountIn),
      arbitrageProfit: fromWei(trip.profit),
    }
  },
  measured: (values, services) =>
    Effect.gen(function* () {
      const [first, second] = pairsOf(values)
      const [firstIn, secondIn] = splitRoute(values.amountIn, [first, second])
      const amountOut = (yield* sell(services, first, firstIn!)) + (yield* sell(services, second, secondIn!))
      const [there, back] = roundTrip(first, turned(second)) > 0n ? [first, turned(second)] : [second, turned(first)]
      const arbitrageIn = roundTrip(there, back)
      const arbitrageOut = yield* sell(services, back, yield* sell(services, there, arbitrageIn))
      return {
        firstIn: fromWei(firstIn!),
        secondIn: fromWei(secondIn!),
        amountOut: fromWei(amountOut),
        arbitrageIn: fromWei(arbitrageIn),
        arbitrageProfit: fromWei(arbitrageOut - arbitrageIn),
      }
    }),
})

interface Pair {
  readonly reserveIn: bigint
  readonly reserveOut: bigint
}

const pairsOf = (values: Readonly<Record<"firstReserve0" | "firstReserve1" | "secondReserve0" | "secondReserve1", bigint>>) =>
  [
    { reserveIn: values.firstReserve0, reserveOut: values.firstReserve1 },
    { reserveIn: values.secondReserve0, reserveOut: values.secondReserve1 },
  ] as const

/** The pair as seen by who sells its other token. */
const turned = ({ reserveIn, reserveOut }: Pair): Pair => ({ reserveIn: reserveOut, reserveOut: reserveIn })

/** What a real pair with these reserves pays. */
const sell = (services: Services, { reserveIn, reserveOut }: Pair, amountIn: bigint): Effect.Effect<bigint, CaseError> =>
  amountIn === 0n
    ? Effect.succeed(0n)
    : settleIn(services, pairWorld(reserveIn, reserveOut, [["trader", amountIn, 0n]]), [
        { agent: "trader", action: { kind: "pool.swap", sell: "token", amountIn, amountOutMin: 0n }, tipWei: 0n },
      ]).pipe(
        Effect.map(([receipt]) => {
          const fact = receipt?.facts[0]
          return fact?.kind === "pool.swapped" ? fact.amountOut : 0n
        }),
      )

/** The white paper's (x + 0.997 in)(y - out) = x y, rounded down. */
const paidFor = (amountIn: bigint, { reserveIn, reserveOut }: Pair): bigint => {
  const after = 1000n * reserveIn + 997n * amountIn
  return reserveOut - (1000n * reserveIn * reserveOut + after - 1n) / after
}

/** The largest amount up to `high` at which a condition still holds that holds for small amounts and fails for large ones. */
const largest = (high: bigint, holds: (amount: bigint) => boolean): bigint => {
  let [low, top] = [0n, high + 1n]
  while (top - low > 1n) {
    const middle = (low + top) / 2n
    if (holds(middle)) low = middle
    else top = middle
  }
  return low
}

/**
 * The part of a sale that belongs into `pair`: as much as it pays more for than the other, unit by unit. A pair's marginal payment after
 * `paid` is 997 * 1000 * x y / (1000 x + 997 paid)^2; two of them are compared exactly, by cross-multiplication.
 */
const bestSplit = (amountIn: bigint, pair: Pair, other: Pair): bigint => {
  const after = (paid: bigint, { reserveIn }: Pair) => 1000n * reserveIn + 997n * paid
  const product = ({ reserveIn, reserveOut }: Pair) => reserveIn * reserveOut
  return largest(amountIn, (paid) => product(pair) * after(amountIn - paid, other) ** 2n >= product(other) * after(paid, pair) ** 2n)
}

/** Through both pairs while a unit brings back more than itself: while the product of the two marginal payments is at least 1. */
const bestTrip = (there: Pair, back: Pair) => {
  const products = 997_000n ** 2n * there.reserveIn * there.reserveOut * back.reserveIn * back.reserveOut
  const amountIn = largest(2n ** 128n, (paid) => {
    const after = 1000n * back.reserveIn * (1000n * there.reserveIn + 997n * paid) + 997n * 997n * paid * there.reserveOut
    return after ** 2n <= products
  })
  return { amountIn, profit: paidFor(paidFor(amountIn, there), back) - amountIn }
}
