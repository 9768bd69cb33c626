import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { amountOut, arbitrage } from "../sim/protocols/pool.ts"
import { or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, toMicros, toWei, WEI_PER_TOKEN } from "../sim/units.ts"

const fields = {
  tokens: quantity("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  usd: quantity("Own dollars at the start", { unit: "USD", min: 0, max: 1e10 }),
  profitUsdMin: quantity("Smallest profit worth a trade", { unit: "USD", min: 0, max: 1e9 }).pipe(or(1)),
  tipGwei: quantity("Bid for an early place in the block", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(10)),
}

/**
 * Buys where the token is cheap and sells where it is dear, between the pool and the outside market, up to the trade after which the
 * pool's price after its fee equals the outside price after its fee. Accepts nothing worse than break-even.
 */
export const arbitrageur = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens, usd }) => ({ tokens, usd }),
  begin: () => null,
  decide: ({ self, params, world }): Decision<null> => {
    const { tokenReserveWei, dollarReserveMicros } = world.ledger.pool
    const feeShare = world.rules.venue.feeBps / 10_000
    const bidUsd = world.referenceUsdPerToken * (1 - feeShare)
    const askUsd = world.referenceUsdPerToken * (1 + feeShare)
    const toBuy = arbitrage(WEI_PER_TOKEN, toMicros(bidUsd), tokenReserveWei, dollarReserveMicros)
    const toSell = arbitrage(WEI_PER_TOKEN, toMicros(askUsd), tokenReserveWei, dollarReserveMicros)

    let actions: ReadonlyArray<Action> = []
    if (!toBuy.sellA && toBuy.amountIn > 0n) {
      const spent = minBigint(toBuy.amountIn, world.ledger.dollar.balanceMicros.get(self) ?? 0n)
      const bought = amountOut(spent, dollarReserveMicros, tokenReserveWei)
      if (fromWei(bought) * bidUsd - fromMicros(spent) >= params.profitUsdMin)
        actions = [
          { kind: "pool.swap", sell: "dollar", amountIn: spent, amountOutMin: toWei(fromMicros(spent) / bidUsd) },
          { kind: "venue.trade", sell: "token", tokenWei: bought },
        ]
    } else if (toSell.sellA && toSell.amountIn > 0n) {
      const sold = minBigint(toSell.amountIn, world.ledger.token.balanceWei.get(self) ?? 0n)
      const received = amountOut(sold, tokenReserveWei, dollarReserveMicros)
      if (fromMicros(received) - fromWei(sold) * askUsd >= params.profitUsdMin)
        actions = [
          { kind: "pool.swap", sell: "token", amountIn: sold, amountOutMin: toMicros(fromWei(sold) * askUsd) },
          { kind: "venue.trade", sell: "dollar", tokenWei: sold },
        ]
    }
    return { memory: null, actions, tipWei: BigInt(Math.round(params.tipGwei * 1e9)) }
  },
})
