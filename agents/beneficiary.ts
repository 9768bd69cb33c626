import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { saleWithin } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { fromWei, minBigint, toWei } from "../sim/units.ts"

const fields = {
  sellShare: drawn("Share of what has come free that is sold", { unit: "share", min: 0, max: 1 }),
  sellDays: drawn("Time in which most of it is sold: a day's part is one of so many", { unit: "days", min: 1, max: 3_650 }).pipe(or(5)),
  slippageShareMax: quantity("How far below the pool's price a sale may come out; the rest waits for the next day", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.05)),
}

interface Memory {
  /** When in the day it looks, as a share of the day. */
  readonly officeShare: number
  readonly keptTokens: number
  readonly toSellTokens: number
}

/** Below this a sale is not worth its transaction. */
const dustUsd = 10

/** Somebody whose tokens vest: takes what is free once a day, keeps a part, and sells the rest over some days, whatever the price. */
export const beneficiary = agentKind({
  role: "trader",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (_params, _rules, rng): Memory => ({ officeShare: rng("office").uniform(), keptTokens: 0, toSellTokens: 0 }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { tickOfDay, ticksPerDay } = world.now
    if (tickOfDay !== Math.floor(memory.officeShare * ticksPerDay)) return { memory, actions: [] }
    const { vesting, token, dollar, pool } = world.ledger
    const ownWei = token.balanceWei.get(self) ?? 0n
    const arrived = Math.max(0, fromWei(ownWei) - memory.keptTokens - memory.toSellTokens)
    const toSellTokens = memory.toSellTokens + arrived * params.sellShare
    const due = toSellTokens * world.usdPerToken < dustUsd * params.sellDays ? toSellTokens : toSellTokens / params.sellDays
    const amountIn = minBigint(minBigint(toWei(due), ownWei), saleWithin(pool, params.slippageShareMax))
    const expected = proceeds(world.ledger, "token", amountIn)
    const isWorthIt = fromWei(amountIn) * world.usdPerToken >= dustUsd
    const sold = isWorthIt ? fromWei(amountIn) : 0

    const cash = dollar.balanceMicros.get(self) ?? 0n
    const actions: ReadonlyArray<Action> = [
      ...[...vesting]
        .filter(([, { agent, releasableWei }]) => agent === self && releasableWei > 0n)
        .map(([wallet]): Action => ({ kind: "vesting.release", wallet })),
      ...(cash > 0n ? [{ kind: "dollar.redeem", amountMicros: cash, purpose: "withdrawal" } as const] : []),
      ...(isWorthIt
        ? [{ kind: "pool.swap", sell: "token", amountIn, amountOutMin: leastOut(expected, params.slippageShareMax) } as const]
        : []),
    ]
    return {
      memory: { ...memory, keptTokens: memory.keptTokens + arrived * (1 - params.sellShare), toSellTokens: toSellTokens - sold },
      actions,
    }
  },
})
