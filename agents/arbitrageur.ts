import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { crossing } from "../sim/protocols/crossing.ts"
import type { Side } from "../sim/protocols/pool.ts"
import type { Rate } from "../sim/protocols/pool3/price.ts"
import { saleUntil, swapAction, type TradingPool, tradingPools, usdAfterFee } from "../sim/protocols/tradingPool.ts"
import { or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, toMicros, toWei, usdPerToken, WEI_PER_TOKEN } from "../sim/units.ts"

const fields = {
  tokens: quantity("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  usd: quantity("Own dollars at the start", { unit: "USD", min: 0, max: 1e10 }),
  profitUsdMin: quantity("Smallest profit worth a trade, after the fees of the chain", { unit: "USD", min: 0, max: 1e9 }).pipe(or(1)),
  tipGwei: quantity("Bid for an early place in the block", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(10)),
}

/**
 * Buys where the token is cheap and sells where it is dear, among the pools and the outside market, up to the trades after which every pool's
 * price after its fee is the same mark: what the outside market pays or asks after its own fee, or, where the pools can settle it between
 * themselves, a price within that spread at which they buy as much as they sell (Angeris et al. 2022). Accepts nothing worse than the mark.
 */
export const arbitrageur = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens, usd }) => ({ tokens, usd }),
  begin: () => null,
  decide: ({ self, params, world }): Decision<null> => {
    const pools = tradingPools(world.ledger)
    const feeShare = world.rules.venue.feeBps / 10_000
    const tipWei = BigInt(Math.round(params.tipGwei * 1e9))
    // A trade in a pool that others do not square costs one outside too.
    const profitUsdMin = (pool: TradingPool) =>
      params.profitUsdMin + world.gas.feeUsd(`${pool.kind}.swap`, tipWei) + world.gas.feeUsd("venue.trade", tipWei)
    const tokenWei = world.ledger.token.balanceWei.get(self) ?? 0n
    // With several pools a trade may be filled in part, or not at all, after the others were: what it has too much or too little is squared.
    const surplusWei = pools.length > 1 ? tokenWei - toWei(params.tokens) : 0n
    const plan = worthwhile(
      {
        bid: markAt(world.referenceUsdPerToken * (1 - feeShare)),
        ask: markAt(world.referenceUsdPerToken * (1 + feeShare)),
        tokenWei,
        dollarMicros: world.ledger.dollar.balanceMicros.get(self) ?? 0n,
        surplusWei: Math.abs(fromWei(surplusWei)) * world.referenceUsdPerToken >= params.profitUsdMin ? surplusWei : 0n,
      },
      pools,
      profitUsdMin,
    )
    return { memory: null, actions: actionsOf(plan), tipWei }
  },
})

/** A price at which a token counts, both as the agent works with it and to the unit. */
interface Mark {
  readonly usd: number
  readonly rate: Rate
}

interface Purse {
  /** What the outside market pays, and what it asks. */
  readonly bid: Mark
  readonly ask: Mark
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
  /** Tokens above what it wants to hold; below when negative. */
  readonly surplusWei: bigint
}

interface Leg {
  readonly pool: TradingPool
  readonly sell: Side
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly profitUsd: number
}

interface Plan {
  readonly mark: Mark
  readonly legs: ReadonlyArray<Leg>
  /** Tokens left to sell in the outside market, or to buy there when negative. */
  readonly outsideWei: bigint
}

const markAt = (usd: number): Mark => ({ usd, rate: { dollarMicros: toMicros(usd), tokenWei: WEI_PER_TOKEN } })

/** The best plan that has no trade below the smallest profit. */
const worthwhile = (purse: Purse, pools: ReadonlyArray<TradingPool>, profitUsdMin: (pool: TradingPool) => number): Plan => {
  const plan = bestPlan(purse, pools)
  const idle = plan.legs.filter(({ pool, profitUsd }) => profitUsd < profitUsdMin(pool)).map(({ pool }) => pool)
  if (idle.length === 0) return plan
  return worthwhile(
    purse,
    pools.filter((pool) => !idle.includes(pool)),
    profitUsdMin,
  )
}

const bestPlan = (purse: Purse, pools: ReadonlyArray<TradingPool>): Plan => {
  const { bid, ask, surplusWei } = purse
  const atBid = planAt(purse, bid, pools)
  if (atBid.net >= 0n) return { ...atBid, outsideWei: atBid.net }
  const atAsk = planAt(purse, ask, pools)
  if (atAsk.net <= 0n) return { ...atAsk, outsideWei: atAsk.net }
  // Within the spread only pools that disagree by more than their fees, or a surplus, are worth a look.
  const dearest = Math.max(...pools.map((pool) => usdAfterFee(pool, "token")))
  const cheapest = Math.min(...pools.map((pool) => usdAfterFee(pool, "dollar")))
  if (dearest <= cheapest && surplusWei === 0n) return { mark: bid, legs: [], outsideWei: 0n }
  const at = (dollarMicros: bigint): Mark => {
    const rate = { dollarMicros, tokenWei: WEI_PER_TOKEN * FINE }
    return { usd: usdPerToken(rate.dollarMicros, rate.tokenWei), rate }
  }
  const [low, high] = [bid.rate.dollarMicros * FINE, ask.rate.dollarMicros * FINE]
  const tolerance = atAsk.net / 10_000n
  const between = crossing((dollarMicros) => planAt(purse, at(dollarMicros), pools).net, low, high, tolerance)
  return { ...planAt(purse, at(between), pools), outsideWei: 0n }
}

/** Digits of a mark beyond those of the outside price, for the search between its two sides. */
const FINE = 10n ** 9n

/** All trades that are better than a mark, the most profitable first while the money lasts, and the tokens that they leave over. */
const planAt = (purse: Purse, mark: Mark, pools: ReadonlyArray<TradingPool>): Omit<Plan, "outsideWei"> & { readonly net: bigint } => {
  const buys = afford(legsAt(mark, "dollar", pools), mark, purse.dollarMicros)
  const bought = buys.reduce((sum, { amountOut }) => sum + amountOut, 0n)
  const sales = afford(legsAt(mark, "token", pools), mark, purse.tokenWei + bought)
  const net = sales.reduce((rest, { amountIn }) => rest - amountIn, purse.surplusWei + bought)
  return { mark, legs: [...buys, ...sales], net }
}

const legsAt = (mark: Mark, sell: Side, pools: ReadonlyArray<TradingPool>): ReadonlyArray<Leg> =>
  pools
    .map((pool) => legAt(mark, sell, pool))
    .filter(({ amountIn }) => amountIn > 0n)
    .sort((a, b) => b.profitUsd - a.profitUsd)

const legAt = (mark: Mark, sell: Side, pool: TradingPool, amountInMax?: bigint): Leg => {
  const { amountIn, amountOut } = saleUntil(pool, sell, mark.rate, amountInMax)
  const profitUsd =
    sell === "dollar" ? fromWei(amountOut) * mark.usd - fromMicros(amountIn) : fromMicros(amountOut) - fromWei(amountIn) * mark.usd
  return { pool, sell, amountIn, amountOut, profitUsd }
}

const afford = (legs: ReadonlyArray<Leg>, mark: Mark, budget: bigint): ReadonlyArray<Leg> => {
  let left = budget
  const afforded: Array<Leg> = []
  for (const leg of legs) {
    const part = leg.amountIn <= left ? leg : legAt(mark, leg.sell, leg.pool, left)
    if (part.amountIn > 0n) afforded.push(part)
    left -= minBigint(part.amountIn, left)
  }
  return afforded
}

const actionsOf = ({ mark, legs, outsideWei }: Plan): ReadonlyArray<Action> => {
  const swaps = legs.map(({ pool, sell, amountIn }) => {
    // A pool with ranges keeps to the mark by its price limit, unit by unit.
    if (pool.kind === "pool3") return swapAction(pool, sell, amountIn, 0n, mark.rate)
    const worthAtMark = sell === "dollar" ? toWei(fromMicros(amountIn) / mark.usd) : toMicros(fromWei(amountIn) * mark.usd)
    return swapAction(pool, sell, amountIn, worthAtMark)
  })
  if (outsideWei === 0n) return swaps
  const [sell, tokenWei] = outsideWei > 0n ? (["token", outsideWei] as const) : (["dollar", -outsideWei] as const)
  return [...swaps, { kind: "venue.trade", sell, tokenWei }]
}
