/** Test twin only: the Uniswap v2 pair of token and dollar behind router 02, protocol fee off. */
import { amountOut, type Side } from "../protocols/pool.ts"
import { minBigint, sqrtBigint } from "../units.ts"
import type { Erc20 } from "./erc20.ts"
import type { Journal } from "./journal.ts"
import { demand, Revert } from "./revert.ts"

const MINIMUM_LIQUIDITY = 1000n
const UINT112_MAX = 2n ** 112n - 1n
const UINT256_MAX = 2n ** 256n - 1n

/** Holder of the locked first shares. */
const ZERO_ADDRESS = ""

interface Amounts {
  readonly token: bigint
  readonly dollar: bigint
}

export type UniswapV2 = ReturnType<typeof uniswapV2>

export const uniswapV2 = (journal: Journal, token: Erc20, dollar: Erc20) => {
  const coins = { token, dollar }
  const reserves = journal.cell<Amounts>({ token: 0n, dollar: 0n })
  const shares = journal.table(0n)
  const totalShares = journal.cell(0n)

  const balances = (): Amounts => ({ token: token.balanceOf("pool"), dollar: dollar.balanceOf("pool") })

  const update = () => {
    const now = balances()
    demand(now.token <= UINT112_MAX && now.dollar <= UINT112_MAX, "UniswapV2: OVERFLOW")
    reserves.set(now)
  }

  const mintShares = (to: string, amount: bigint) => {
    totalShares.set(totalShares.get() + amount)
    shares.set(to, shares.get(to) + amount)
  }

  const pull = (side: Side, from: string, amount: bigint) => {
    demand(amount <= coins[side].balanceOf(from), "TransferHelper: TRANSFER_FROM_FAILED")
    coins[side].transfer(from, "pool", amount)
  }

  /** UniswapV2Pair.mint, for what lies in the pair above its reserves. */
  const mint = (to: string): Amounts => {
    const before = reserves.get()
    const now = balances()
    const paid = { token: now.token - before.token, dollar: now.dollar - before.dollar }
    const total = totalShares.get()
    let minted: bigint
    if (total === 0n) {
      minted = sub(sqrtBigint(mul(paid.token, paid.dollar)), MINIMUM_LIQUIDITY)
      mintShares(ZERO_ADDRESS, MINIMUM_LIQUIDITY)
    } else {
      minted = minBigint(mul(paid.token, total) / before.token, mul(paid.dollar, total) / before.dollar)
    }
    demand(minted > 0n, "UniswapV2: INSUFFICIENT_LIQUIDITY_MINTED")
    mintShares(to, minted)
    update()
    return paid
  }

  /** The amounts of UniswapV2Router02._addLiquidity with minima of 0. */
  const deposit = (desired: Amounts): Amounts => {
    const { token: tokenReserve, dollar: dollarReserve } = reserves.get()
    if (tokenReserve === 0n && dollarReserve === 0n) return desired
    const dollarOptimal = quote(desired.token, tokenReserve, dollarReserve)
    if (dollarOptimal <= desired.dollar) return { token: desired.token, dollar: dollarOptimal }
    return { token: quote(desired.dollar, dollarReserve, tokenReserve), dollar: desired.dollar }
  }

  return {
    reserves: reserves.get,
    totalShares: totalShares.get,
    sharesOf: shares.get,

    /** swapExactTokensForTokens; returns the amounts of the pair's Swap event. */
    swap: (sender: string, sell: Side, amountIn: bigint, amountOutMin: bigint) => {
      const buy = sell === "token" ? "dollar" : "token"
      const before = reserves.get()
      demand(amountIn > 0n, "UniswapV2Library: INSUFFICIENT_INPUT_AMOUNT")
      demand(before.token > 0n && before.dollar > 0n, "UniswapV2Library: INSUFFICIENT_LIQUIDITY")
      mul(mul(amountIn, 997n), before[buy])
      const out = amountOut(amountIn, before[sell], before[buy])
      demand(out >= amountOutMin, "UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT")
      pull(sell, sender, amountIn)
      demand(out > 0n, "UniswapV2: INSUFFICIENT_OUTPUT_AMOUNT")
      coins[buy].transfer("pool", sender, out)
      const amountInSeen = balances()[sell] - before[sell]
      update()
      return { amountIn: amountInSeen, amountOut: out }
    },

    addLiquidity: (sender: string, desired: Amounts): Amounts => {
      const amounts = deposit(desired)
      pull("token", sender, amounts.token)
      pull("dollar", sender, amounts.dollar)
      return mint(sender)
    },

    removeLiquidity: (sender: string, burned: bigint): Amounts => {
      const held = sub(shares.get(sender), burned)
      const now = balances()
      const total = totalShares.get()
      const paid = { token: mul(burned, now.token) / total, dollar: mul(burned, now.dollar) / total }
      demand(paid.token > 0n && paid.dollar > 0n, "UniswapV2: INSUFFICIENT_LIQUIDITY_BURNED")
      shares.set(sender, held)
      totalShares.set(total - burned)
      token.transfer("pool", sender, paid.token)
      dollar.transfer("pool", sender, paid.dollar)
      update()
      return paid
    },
  }
}

const quote = (amount: bigint, reserveOfAmount: bigint, reserveOther: bigint): bigint => {
  demand(amount > 0n, "UniswapV2Library: INSUFFICIENT_AMOUNT")
  demand(reserveOfAmount > 0n && reserveOther > 0n, "UniswapV2Library: INSUFFICIENT_LIQUIDITY")
  return mul(amount, reserveOther) / reserveOfAmount
}

const mul = (a: bigint, b: bigint): bigint => {
  const product = a * b
  if (product > UINT256_MAX) throw new Revert("ds-math-mul-overflow")
  return product
}

const sub = (a: bigint, b: bigint): bigint => {
  if (b > a) throw new Revert("ds-math-sub-underflow")
  return a - b
}
