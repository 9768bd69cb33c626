import { Effect } from "effect"
import type { Order } from "../../sim/ledger.ts"
import { pairWorld, settleIn } from "./pairWorld.ts"
import { integer, referenceCase } from "./referenceCase.ts"

const one = 10n ** 18n
const published: ReadonlyArray<readonly [amountIn: bigint, reserveIn: bigint, reserveOut: bigint, amountOut: bigint]> = [
  [1n, 5n, 10n, 1662497915624478906n],
  [1n, 10n, 5n, 453305446940074565n],
  [2n, 5n, 10n, 2851015155847869602n],
  [2n, 10n, 5n, 831248957812239453n],
  [1n, 10n, 10n, 906610893880149131n],
  [1n, 100n, 100n, 987158034397061298n],
  [1n, 1000n, 1000n, 996006981039903216n],
]

/** What the real pair pays, and that it pays no unit more. */
export const a1 = referenceCase({
  id: "A1",
  title: "Uniswap v2 pair: output of a swap",
  source: "Uniswap/v2-core, test/UniswapV2Pair.spec.ts",
  parameters: {
    amountIn: integer("units of token 0", "paid in", one, { min: 1n, max: 10n ** 24n }),
    reserveIn: integer("units of token 0", "reserve before", 5n * one, { min: 10_000n, max: 10n ** 27n }),
    reserveOut: integer("units of token 1", "reserve before", 10n * one, { min: 10_000n, max: 10n ** 27n }),
  },
  quantities: {
    amountOut: { unit: "units of token 1", precision: 0 },
    oneUnitMore: { unit: "outcome", precision: 0 },
  },
  published: published.map(([amountIn, reserveIn, reserveOut, amountOut]) => ({
    at: { amountIn: amountIn * one, reserveIn: reserveIn * one, reserveOut: reserveOut * one },
    expected: { amountOut },
  })),
  expected: (values) => ({
    // A pair that owes less than one unit refuses the trade.
    amountOut: outOf(values) || "UniswapV2: INSUFFICIENT_OUTPUT_AMOUNT",
    oneUnitMore: "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT",
  }),
  measured: (values, services) => {
    const { amountIn, reserveIn, reserveOut } = values
    const swap = (amountOutMin: bigint): Order => ({
      agent: "trader",
      action: { kind: "pool.swap", sell: "token", amountIn, amountOutMin },
      tipWei: 0n,
    })
    const orders = [swap(outOf(values) + 1n), swap(0n)]
    return settleIn(services, pairWorld(reserveIn, reserveOut, [["trader", 2n * amountIn, 0n]]), orders).pipe(
      Effect.map(([more, paid]) => {
        const fact = paid?.facts.find(({ kind }) => kind === "pool.swapped")
        return {
          amountOut: fact?.kind === "pool.swapped" ? fact.amountOut : (paid?.reason ?? ""),
          oneUnitMore: more?.status === "reverted" ? more.reason : "paid",
        }
      }),
    )
  },
})

/** UniswapV2Library.getAmountOut, as the white paper derives it: (x + 0.997 in)(y - out) = x y. */
const outOf = ({
  amountIn,
  reserveIn,
  reserveOut,
}: {
  readonly amountIn: bigint
  readonly reserveIn: bigint
  readonly reserveOut: bigint
}): bigint => (amountIn * 997n * reserveOut) / (reserveIn * 1000n + amountIn * 997n)
