import type { Action, Order } from "../sim/ledger.ts"
import type { Side } from "../sim/protocols/pool.ts"
import type { Pool, Position } from "../sim/protocols/pool3.ts"
import { poolOf } from "../sim/protocols/pool3/pool.fixture.ts"
import { type Amounts, liquidityFor, positionAmounts } from "../sim/protocols/pool3/positionAmounts.ts"
import { rateOf, sqrtPriceAt, usdPerTokenAt } from "../sim/protocols/pool3/price.ts"
import { quoteSwap } from "../sim/protocols/pool3/quoteSwap.ts"
import { isInRange } from "../sim/protocols/pool3/rangeBetween.ts"
import { amountOut } from "../sim/protocols/pool.ts"
import { toMicros, toWei } from "../sim/units.ts"
import { plus, valueUsd } from "./purse.ts"
import { calmWorld } from "./stage.fixture.ts"

const self = "agent-1"

/**
 * One v3 pool beside the main one, one agent's purse, and what becomes of them: as the contracts do it, but for fees of swaps that leave a
 * position's range, which go to it as if they had not.
 */
export const rangeStage = (purse: Amounts, feePips = 3_000, tokenFirst = true) => {
  const treasury = { agent: "treasury", tokenWei: toWei(1_000_000), dollarMicros: toMicros(500_000) }
  let pool = poolOf(feePips, 500_000n, [treasury], tokenFirst)
  let main = { tokenWei: toWei(1_000_000), dollarMicros: toMicros(500_000) }
  let held = purse
  let nextPositionId = 2n

  const own = () => [...pool.positions].filter(([, { agent }]) => agent === self)
  const set = (id: bigint, position: Position, from?: Position) => {
    const positions = new Map([...pool.positions, [id, position] as const])
    if (position.liquidity === 0n && position.owedTokenWei === 0n && position.owedDollarMicros === 0n) positions.delete(id)
    const change = isInRange(pool, position) ? position.liquidity - (from?.liquidity ?? 0n) : 0n
    pool = { ...pool, liquidity: pool.liquidity + change, positions }
  }
  const pay = (amounts: Amounts) => {
    held = { tokenWei: held.tokenWei - amounts.tokenWei, dollarMicros: held.dollarMicros - amounts.dollarMicros }
    if (held.tokenWei < 0n || held.dollarMicros < 0n) throw new Error("STF")
  }
  const swap = (sell: Side, amountIn: bigint, limit = 0n) => {
    const { after, ...quote } = quoteSwap(pool, sell, amountIn, limit)
    const positions = [...pool.positions].map(([id, position]): [bigint, Position] => {
      const fee = isInRange(pool, position) ? (quote.feeGrowthX128 * position.liquidity) >> 128n : 0n
      return sell === "token"
        ? [id, { ...position, owedTokenWei: position.owedTokenWei + fee }]
        : [id, { ...position, owedDollarMicros: position.owedDollarMicros + fee }]
    })
    pool = { ...after, positions: new Map(positions) }
    return quote
  }
  const collect = (id: bigint) => {
    const position = pool.positions.get(id)!
    held = plus(held, { tokenWei: position.owedTokenWei, dollarMicros: position.owedDollarMicros })
    set(id, { ...position, owedTokenWei: 0n, owedDollarMicros: 0n }, position)
  }
  const put = (id: bigint, position: Position, offer: Amounts) => {
    const liquidity = liquidityFor(pool, position, offer)
    if (offer.tokenWei > held.tokenWei || offer.dollarMicros > held.dollarMicros) throw new Error("STF")
    pay(positionAmounts(pool, position, liquidity, true))
    set(id, { ...position, liquidity: position.liquidity + liquidity }, position)
  }

  return {
    own,
    pool: (): Pool => pool,
    purse: (): Amounts => held,
    /** Purse, positions and fees at the pool's price. */
    worthUsd: (): number => {
      const parts = own().map(([, position]) =>
        plus(positionAmounts(pool, position, position.liquidity), {
          tokenWei: position.owedTokenWei,
          dollarMicros: position.owedDollarMicros,
        }),
      )
      return valueUsd(parts.reduce(plus, held), usdPerTokenAt(pool))
    },
    world: (tick: number, pending: ReadonlyArray<Order> = [], referenceUsdPerToken = 0.5) =>
      calmWorld({
        tick,
        pending,
        referenceUsdPerToken,
        ledger: {
          token: { supplyWei: 0n, balanceWei: new Map([[self, held.tokenWei]]) },
          dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, held.dollarMicros]]) },
          pool: { tokenReserveWei: main.tokenWei, dollarReserveMicros: main.dollarMicros, totalShares: 1n, shares: new Map() },
          pools3: { pools: new Map([["p", pool]]), nextPositionId },
        },
      }),
    /** Somebody else's swap. */
    swap,
    /** Somebody moves both pools to a price. */
    moveTo: (usd: number) => {
      swap(usd > usdPerTokenAt(pool) ? "dollar" : "token", 10n ** 30n, sqrtPriceAt(rateOf(usd), tokenFirst))
      main = { tokenWei: toWei(1_000_000 * Math.sqrt(0.5 / usd)), dollarMicros: toMicros(500_000 * Math.sqrt(usd / 0.5)) }
    },
    /** Somebody else's swap there and back again, whose fees stay. */
    churn: (usd: number) => {
      const { amountOut: bought } = swap("dollar", toMicros(usd))
      swap("token", bought)
    },
    carryOut: (actions: ReadonlyArray<Action>) => {
      for (const action of actions) {
        switch (action.kind) {
          case "pool3.mint": {
            const { tickLower, tickUpper } = action
            put(nextPositionId, { agent: self, tickLower, tickUpper, liquidity: 0n, owedTokenWei: 0n, owedDollarMicros: 0n }, action)
            nextPositionId++
            break
          }
          case "pool3.increase":
            put(action.positionId, pool.positions.get(action.positionId)!, action)
            break
          case "pool3.decrease": {
            const position = pool.positions.get(action.positionId)
            if (position?.agent !== self || position.liquidity < action.liquidity) throw new Error("not its own, or not so much")
            held = plus(held, positionAmounts(pool, position, action.liquidity))
            set(action.positionId, { ...position, liquidity: position.liquidity - action.liquidity }, position)
            if (pool.positions.has(action.positionId)) collect(action.positionId)
            break
          }
          case "pool3.collect":
            collect(action.positionId)
            break
          case "pool3.swap":
          case "pool.swap": {
            const isToken = action.sell === "token"
            pay(isToken ? { tokenWei: action.amountIn, dollarMicros: 0n } : { tokenWei: 0n, dollarMicros: action.amountIn })
            let out = 0n
            if (action.kind === "pool3.swap") out = swap(action.sell, action.amountIn, action.limitSqrtPriceX96).amountOut
            else if (isToken) {
              out = amountOut(action.amountIn, main.tokenWei, main.dollarMicros)
              main = { tokenWei: main.tokenWei + action.amountIn, dollarMicros: main.dollarMicros - out }
            } else {
              out = amountOut(action.amountIn, main.dollarMicros, main.tokenWei)
              main = { tokenWei: main.tokenWei - out, dollarMicros: main.dollarMicros + action.amountIn }
            }
            held = plus(held, isToken ? { tokenWei: 0n, dollarMicros: out } : { tokenWei: out, dollarMicros: 0n })
            break
          }
          default:
            throw new Error(action.kind)
        }
      }
    },
  }
}
