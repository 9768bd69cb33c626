import { Effect } from "effect"
import type { Order } from "../../sim/ledger.ts"
import { arbitrage } from "../../sim/protocols/pool.ts"
import { pairWorld, settleIn } from "./pairWorld.ts"
import { integer, referenceCase } from "./referenceCase.ts"

const one = 10n ** 18n

interface Point {
  readonly trueRatio0: bigint
  readonly trueRatio1: bigint
  readonly reserve0: bigint
  readonly reserve1: bigint
}

/** The trade with which the arbitrageur brings the real pair to a true price. */
export const a2 = referenceCase({
  id: "A2",
  title: "Arbitrage of a Uniswap v2 pair against a reference price",
  source: "Uniswap/v2-periphery, test/ExampleSwapToPrice.spec.ts",
  parameters: {
    trueRatio0: integer("parts of token 0", "true price: so many of token 0 …", 1n, { min: 1n, max: 10n ** 18n }),
    trueRatio1: integer("parts of token 1", "… for so many of token 1", 90n, { min: 1n, max: 10n ** 18n }),
    reserve0: integer("units of token 0", "reserve before", 10n * one, { min: 10_000n, max: 10n ** 24n }),
    reserve1: integer("units of token 1", "reserve before", 1000n * one, { min: 10_000n, max: 10n ** 24n }),
  },
  quantities: {
    sold: { unit: "token", precision: 0 },
    amountIn: { unit: "units of the token sold", precision: 0 },
    amountOut: { unit: "units of the token bought", precision: 0 },
  },
  published: [
    { at: { trueRatio1: 90n }, expected: { sold: "token0", amountIn: 526682316179835569n, amountOut: 49890467170695440744n } },
    { at: { trueRatio1: 110n }, expected: { sold: "token1", amountIn: 47376582963642643588n, amountOut: 451039908682851138n } },
  ],
  expected: profitMaximisingTrade,
  measured: ({ trueRatio0, trueRatio1, reserve0, reserve1 }, services) => {
    const { sellA, amountIn } = arbitrage(trueRatio0, trueRatio1, reserve0, reserve1)
    if (amountIn === 0n) return Effect.succeed({ sold: "nothing", amountIn, amountOut: 0n })
    const swap: Order = {
      agent: "trader",
      action: { kind: "pool.swap", sell: sellA ? "token" : "dollar", amountIn, amountOutMin: 0n },
      tipWei: 0n,
    }
    const purse = ["trader", sellA ? amountIn : 0n, sellA ? 0n : amountIn] as const
    return settleIn(services, pairWorld(reserve0, reserve1, [purse]), [swap]).pipe(
      Effect.map(([receipt]) => {
        const fact = receipt?.facts[0]
        return fact?.kind === "pool.swapped"
          ? { sold: fact.sell === "token" ? "token0" : "token1", amountIn: fact.amountIn, amountOut: fact.amountOut }
          : { sold: receipt?.reason ?? "", amountIn: 0n, amountOut: 0n }
      }),
    )
  },
})

/**
 * UniswapV2LiquidityMathLibrary.computeProfitMaximizingTrade: sell until the pool's price after the 0.3 % fee is the true one. The square root is
 * taken digit by digit, to be another one than the agent's.
 */
function profitMaximisingTrade({ trueRatio0, trueRatio1, reserve0, reserve1 }: Point) {
  const sells0 = (reserve0 * trueRatio1) / reserve1 < trueRatio0
  const [reserveIn, reserveOut] = sells0 ? [reserve0, reserve1] : [reserve1, reserve0]
  const [ratioIn, ratioOut] = sells0 ? [trueRatio0, trueRatio1] : [trueRatio1, trueRatio0]
  const wanted = squareRoot((reserve0 * reserve1 * 1000n * ratioIn) / (ratioOut * 997n))
  const present = (reserveIn * 1000n) / 997n
  if (wanted <= present) return { sold: "nothing", amountIn: 0n, amountOut: 0n }
  const amountIn = wanted - present
  const amountOut = (amountIn * 997n * reserveOut) / (reserveIn * 1000n + amountIn * 997n)
  return { sold: sells0 ? "token0" : "token1", amountIn, amountOut }
}

const squareRoot = (n: bigint): bigint => {
  let root = 0n
  for (let bit = 1n << 256n; bit > 0n; bit >>= 1n) if ((root | bit) * (root | bit) <= n) root |= bit
  return root
}
