import { Schema } from "effect"
import { agentKind, type Decision, usualTipWei } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { poolsAt } from "../sim/protocols/pendingPools.ts"
import type { Side } from "../sim/protocols/pool.ts"
import { bestSale, type Part, splitSale } from "../sim/protocols/splitSale.ts"
import { saleIn, swapAction, type TradingPool } from "../sim/protocols/tradingPool.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { AMOUNT_MAX, minBigint, toMicros, toWei } from "../sim/units.ts"

const fields = {
  tokens: drawn("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  usd: drawn("Own dollars at the start; more are wired when a purchase needs them", { unit: "USD", min: 0, max: 1e10 }),
  tradesPerDay: drawn("Purchases and sales, at random times", { unit: "trades per day", min: 0, max: 10_000 }),
  usdPerTrade: drawn("Median size of a trade", { unit: "USD", min: 0.01, max: 1e9 }),
  sizeSigma: quantity("How much sizes differ: standard deviation of their logarithm", { unit: "log", min: 0, max: 3 }).pipe(or(1)),
  buyShare: drawn("Part of the trades that are purchases: one half is noise, the rest is a trend", { unit: "share", min: 0, max: 1 }).pipe(
    or(0.5),
  ),
  route: Schema.Literals(["main", "best", "split"])
    .annotate({
      description: "Where it trades: the main pool only, the pool that pays most, or all pools at once, so that none ends dearer",
    })
    .pipe(or("best" as const)),
  partUsdMin: quantity("Smallest part of a split trade that is worth an order", { unit: "USD", min: 0, max: 1e9 }).pipe(or(50)),
  slippageShareMax: quantity("Worst price accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

/**
 * Retail flow: people who buy and sell for reasons of their own, at random times (Poisson) and in sizes that differ widely (log-normal). A tick
 * is hours, so they find the pools as those leave them who trade before them.
 */
export const trader = agentKind({
  role: "trader",
  wave: 1,
  fields,
  endow: ({ tokens, usd }) => ({ tokens, usd }),
  begin: () => null,
  decide: ({ self, params, world, rng }): Decision<null> => {
    let pools = poolsAt(world, self, usualTipWei)
    let tokens = world.ledger.token.balanceWei.get(self) ?? 0n
    let dollars = world.ledger.dollar.balanceMicros.get(self) ?? 0n
    const actions: Array<Action> = []
    const count = rng("arrivals").poisson(params.tradesPerDay / world.now.ticksPerDay)
    for (let trade = 0; trade < count; trade++) {
      const sell: Side = rng("side").chance(params.buyShare) ? "dollar" : "token"
      const usd = rng("size").lognormal(params.usdPerTrade, params.sizeSigma)
      const inCoin = (amountUsd: number) =>
        sell === "dollar" ? toMicros(Math.min(amountUsd, AMOUNT_MAX)) : toWei(Math.min(amountUsd / world.usdPerToken, AMOUNT_MAX))
      // Tokens can only be sold by who has them; dollars can be earned elsewhere.
      const amountIn = sell === "dollar" ? inCoin(usd) : minBigint(inCoin(usd), tokens)
      if (amountIn === 0n) continue
      if (sell === "dollar" && amountIn > dollars) {
        actions.push({ kind: "dollar.onRamp", amountMicros: amountIn - dollars, purpose: "capital" })
        dollars = amountIn
      }
      const parts = routes[params.route](pools, sell, amountIn, inCoin(params.partUsdMin))
      for (const part of parts) {
        const amountOutMin = leastOut(part.amountOut, params.slippageShareMax)
        actions.push(swapAction(part.pool, sell, part.amountIn, amountOutMin))
        // What a trade brings in is spent in the next tick at the earliest.
        if (sell === "token") tokens -= part.amountIn
        else dollars -= part.amountIn
      }
      pools = pools.map((pool) => parts.find((part) => part.pool === pool)?.after ?? pool)
    }
    return { memory: null, actions }
  },
})

type Route = (pools: ReadonlyArray<TradingPool>, sell: Side, amountIn: bigint, partMin: bigint) => ReadonlyArray<Part>

const routes: Readonly<Record<"main" | "best" | "split", Route>> = {
  main: ([main], sell, amountIn) => [{ pool: main!, ...saleIn(main!, sell, amountIn) }],
  best: (pools, sell, amountIn) => [bestSale(pools, sell, amountIn)],
  split: splitSale,
}
