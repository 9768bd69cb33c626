import { agentKind, type Decision, usualTipWei } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { saleWithin } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, toMicros } from "../sim/units.ts"

const fields = {
  claimsUsd: drawn("Dollar claims at the start", { unit: "USD", min: 0, max: 1e10 }),
  redeemSharePerDay: drawn("Share of its claims that it needs in dollars on a calm day", { unit: "share per day", min: 0, max: 1 }).pipe(
    or(0.005),
  ),
  panicDropShare: drawn("Fall of the price below its highest so far that makes it take all out", { unit: "share", min: 0, max: 1 }),
  calmDays: drawn("Time without such a fall after which the highest price is forgotten", { unit: "days", min: 1, max: 3_650 }).pipe(or(30)),
  bargainShare: drawn("How far below the outside price the desk's must be for it to take all out at once, before others; 1 is never", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(1)),
  slippageShareMax: quantity("How far below the pool's price a sale may come out", { unit: "share", min: 0, max: 1 }).pipe(or(0.1)),
}

interface Memory {
  readonly officeShare: number
  readonly highestUsd: number
  readonly highestDay: number
  readonly isFleeing: boolean
}

const dustUsd = 5
/** More than the nodes of a feed bid, whose next report would take the wrong price away. */
const bargainTipWei = 2n * usualTipWei

/**
 * Holds dollar claims as money. Takes out a little each day; when the token has fallen far enough to make it doubt the promise, it redeems all
 * that it may and sells the new tokens at once, which is what makes the others doubt. It may also lie in wait for a desk whose price is wrong.
 */
export const claimant = agentKind({
  role: "trader",
  fields,
  endow: ({ claimsUsd }) => ({ tokens: 0, usd: 0, claimsUsd }),
  begin: (_params, _rules, rng): Memory => ({ officeShare: rng("office").uniform(), highestUsd: 0, highestDay: 0, isFleeing: false }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { claims, token, dollar, pool } = world.ledger
    const { day, tickOfDay, ticksPerDay } = world.now
    const isOld = day - memory.highestDay > params.calmDays
    const isHigher = world.usdPerToken >= memory.highestUsd || (isOld && !memory.isFleeing)
    const [highestUsd, highestDay] = isHigher ? [world.usdPerToken, day] : [memory.highestUsd, memory.highestDay]
    const isFleeing = memory.isFleeing || world.usdPerToken < highestUsd * (1 - params.panicDropShare)
    const seen = { ...memory, highestUsd, highestDay, isFleeing }
    const isOffice = tickOfDay === Math.floor(memory.officeShare * ticksPerDay)
    const isBargain =
      claims.referenceMicros > 0n && fromMicros(claims.referenceMicros) < world.referenceUsdPerToken * (1 - params.bargainShare)
    // Who flees does not wait for office hours, nor does who finds a wrong price.
    if (!isOffice && !isFleeing && !isBargain) return { memory: seen, actions: [] }

    const held = claims.claimMicros.get(self) ?? 0n
    const wanted = isFleeing || isBargain ? held : minBigint(held, toMicros(params.redeemSharePerDay * params.claimsUsd))
    const tokens = token.balanceWei.get(self) ?? 0n
    const amountIn = minBigint(tokens, saleWithin(pool, params.slippageShareMax))
    const expected = proceeds(world.ledger, "token", amountIn)
    const cash = dollar.balanceMicros.get(self) ?? 0n
    const actions: ReadonlyArray<Action> = [
      ...(fromWei(amountIn) * world.usdPerToken >= dustUsd
        ? [
            {
              kind: "pool.swap",
              sell: "token",
              amountIn,
              amountOutMin: leastOut(expected, params.slippageShareMax),
            } as const,
          ]
        : []),
      ...(fromMicros(wanted) >= dustUsd && claims.redeemableMicros > 0n ? [{ kind: "claims.redeem", claimMicros: wanted } as const] : []),
      ...(fromMicros(cash) >= dustUsd ? [{ kind: "dollar.redeem", amountMicros: cash, purpose: "withdrawal" } as const] : []),
    ]
    return { memory: seen, actions, ...(isBargain ? { tipWei: bargainTipWei } : {}) }
  },
})
