import { Effect } from "effect"
import { openPools } from "../../chain/pool3/openPools.ts"
import { impermanentLoss } from "../../sim/protocols/impermanentLoss.ts"
import { fromWei } from "../../sim/units.ts"
import { real, referenceCase } from "./referenceCase.ts"

/** Impermanent loss by the project's formula, and by a real Uniswap v3 position that is opened, traded against and closed. */
export const a5 = referenceCase({
  id: "A5",
  title: "Impermanent loss: constant product, and a concentrated range",
  source: "closed form; Uniswap v3 white paper, section 6",
  parameters: {
    priceRatio: real("ratio", "price at the end over the price at the start", 1.5, { min: 0.01, max: 100 }),
    low: real("ratio", "lower end of the range over the opening price; 0 for a constant product", 0, { max: 0.999 }),
    high: real("ratio", "upper end of the range; not used when low is 0", 2, { min: 1.001, max: 1000 }),
  },
  quantities: {
    formula: { unit: "share", precision: 1e-6 },
    position: { unit: "share", precision: 1e-6 },
  },
  published: [
    { at: { priceRatio: 1.5 }, expected: { formula: -0.020204103 } },
    { at: { priceRatio: 4 }, expected: { formula: -0.2 } },
    { at: { priceRatio: 1.5, low: 0.5, high: 2 }, expected: { formula: -0.068981122 } },
  ],
  expected: ({ priceRatio, low, high }) => {
    const ticks = low === 0 ? undefined : ticksOf(low, high)
    return {
      formula: low === 0 ? product(priceRatio) : concentrated(priceRatio, low, high),
      // A position begins and ends at ticks, which hit a given price only nearly.
      position: ticks === undefined ? product(priceRatio) : concentrated(priceRatio, 1.0001 ** ticks[0], 1.0001 ** ticks[1]),
    }
  },
  measured: ({ priceRatio, low, high }) =>
    Effect.scoped(
      Effect.gen(function* () {
        const open = yield* openPools
        const [tickLower, tickUpper] = low === 0 ? ([-887_272, 887_272] as const) : ticksOf(low, high)
        const position = { tickLower, tickUpper, liquidity: 10n ** 24n }
        const pool = yield* open({ fee: 100, tickSpacing: 1, sqrtPriceX96: 2n ** 96n, positions: [position] })
        const sqrtPriceLimitX96 = BigInt(Math.round(Math.sqrt(priceRatio) * 2 ** 50)) * 2n ** 46n
        if (priceRatio !== 1) yield* pool.swap({ zeroForOne: priceRatio < 1, amountSpecified: 10n ** 40n, sqrtPriceLimitX96 })
        const [deposited] = pool.deposited
        const withdrawn = yield* pool.withdraw(position)
        const valueOf = ({ amount0, amount1 }: { readonly amount0: bigint; readonly amount1: bigint }) =>
          fromWei(amount0) * priceRatio + fromWei(amount1)
        return {
          formula: impermanentLoss(priceRatio, low === 0 ? undefined : { low, high }),
          position: valueOf(withdrawn) / valueOf(deposited!) - 1,
        }
      }),
    ),
})

const ticksOf = (low: number, high: number): readonly [number, number] => [tickOf(low), tickOf(high)]
const tickOf = (ratio: number): number => Math.round(Math.log(ratio) / Math.log(1.0001))

/** The textbook form for x y = k. */
const product = (ratio: number): number => (2 * Math.sqrt(ratio)) / (1 + ratio) - 1

/** Value within, above and below the range, each written out. */
const concentrated = (ratio: number, low: number, high: number): number => {
  const held = ratio * (1 - 1 / Math.sqrt(high)) + (1 - Math.sqrt(low))
  if (ratio >= high) return (Math.sqrt(high) - Math.sqrt(low)) / held - 1
  if (ratio <= low) return (ratio * (1 / Math.sqrt(low) - 1 / Math.sqrt(high))) / held - 1
  return (2 * Math.sqrt(ratio) - ratio / Math.sqrt(high) - Math.sqrt(low)) / held - 1
}
