import { sqrtBigint } from "../units.ts"

/** What one Uniswap v2 pool holds of the coin that is sold and of the coin that is bought. */
export interface Reserves {
  readonly reserveIn: bigint
  readonly reserveOut: bigint
}

/**
 * How to sell `amountIn` over several v2 pools for the most output: all used pools end at the same marginal price, and a pool that
 * opens worse than that price is left out. Amounts are in the order of the pools and add up to `amountIn`.
 */
export const splitRoute = (amountIn: bigint, pools: ReadonlyArray<Reserves>): ReadonlyArray<bigint> => {
  const roots = pools.map(({ reserveIn, reserveOut }) => sqrtBigint(reserveIn * reserveOut))
  let used = pools.map((_, i) => i)
  for (;;) {
    let rootSum = 0n
    let inSum = amountIn * 997n
    for (const i of used) {
      rootSum += roots[i]!
      inSum += pools[i]!.reserveIn * 1000n
    }
    if (rootSum === 0n) return pools.map(() => 0n)
    const amounts = pools.map(({ reserveIn }, i) => (used.includes(i) ? ((inSum * roots[i]!) / rootSum - reserveIn * 1000n) / 997n : 0n))
    const worse = used.filter((i) => amounts[i]! < 0n)
    if (worse.length === 0) return withRemainder(amounts, amountIn, used[0]!)
    used = used.filter((i) => !worse.includes(i))
  }
}

/** The smallest units that the divisions left over go to one pool. */
const withRemainder = (amounts: ReadonlyArray<bigint>, amountIn: bigint, to: number): ReadonlyArray<bigint> => {
  const rest = amountIn - amounts.reduce((sum, amount) => sum + amount, 0n)
  return amounts.map((amount, i) => (i === to ? amount + rest : amount))
}
