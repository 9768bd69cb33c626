import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { fromMicros, fromWei, minBigint, toMicros, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

const fields = {
  budgetUsd: drawn("Dollars for one round of accumulation", { unit: "USD", min: 0, max: 1e10 }),
  accumulateDays: drawn("Days over which the budget is spent", { unit: "days", min: 0.25, max: 3_650 }),
  dumpDays: drawn("Days over which the tokens are sold", { unit: "days", min: 0.25, max: 3_650 }),
  startDay: drawn("First day of buying", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  takeProfitRatio: drawn("Price against the average cost at which it begins to sell", { unit: "ratio", min: 1, max: 1_000 }),
  stopLossRatio: drawn("Price against the average cost at which it gives up", { unit: "ratio", min: 0, max: 1 }),
  slippageShareMax: quantity("Worst price accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

interface Memory {
  readonly phase: "waiting" | "accumulating" | "holding" | "dumping"
  readonly spentUsd: number
  readonly heldTokens: number
  /** Price at which the last round was sold; the next one begins below it. */
  readonly soldAtUsd: number
}

/**
 * Accumulates a position in slices, holds it, and dumps it over a few days when the price has risen enough or fallen too far;
 * begins again when the price is below the one at which it sold.
 */
export const whale = agentKind({
  role: "trader",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ phase: "waiting", spentUsd: 0, heldTokens: 0, soldAtUsd: Infinity }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { ticksPerDay } = world.now
    const tokens = fromWei(world.ledger.token.balanceWei.get(self) ?? 0n)
    const cash = world.ledger.dollar.balanceMicros.get(self) ?? 0n
    const ratio = world.usdPerToken / (memory.spentUsd / Math.max(tokens, 1e-9))

    switch (memory.phase) {
      case "waiting": {
        const isTime = world.now.day >= params.startDay && world.usdPerToken < memory.soldAtUsd && params.budgetUsd > 0
        if (!isTime) return { memory, actions: [] }
        const budget = toMicros(params.budgetUsd)
        const wire: ReadonlyArray<Action> =
          budget > cash ? [{ kind: "dollar.onRamp", amountMicros: budget - cash, purpose: "capital" }] : []
        return { memory: { ...memory, phase: "accumulating", spentUsd: 0 }, actions: wire }
      }
      case "accumulating": {
        const slice = minBigint(cash, toMicros(params.budgetUsd / (params.accumulateDays * ticksPerDay)))
        if (slice === 0n || memory.spentUsd >= params.budgetUsd) return { memory: { ...memory, phase: "holding" }, actions: [] }
        return {
          memory: { ...memory, spentUsd: memory.spentUsd + fromMicros(slice) },
          actions: [swap("dollar", slice, world, params.slippageShareMax)],
        }
      }
      case "holding": {
        const isOver = ratio >= params.takeProfitRatio || ratio <= params.stopLossRatio
        return { memory: isOver ? { ...memory, phase: "dumping", heldTokens: tokens } : memory, actions: [] }
      }
      case "dumping": {
        const slice = Math.min(tokens, memory.heldTokens / (params.dumpDays * ticksPerDay))
        if (tokens < 1) {
          const takeHome: ReadonlyArray<Action> = cash > 0n ? [{ kind: "dollar.redeem", amountMicros: cash, purpose: "withdrawal" }] : []
          return { memory: { ...memory, phase: "waiting", soldAtUsd: world.usdPerToken }, actions: takeHome }
        }
        return { memory, actions: [swap("token", toWei(slice), world, params.slippageShareMax)] }
      }
    }
  },
})

const swap = (sell: "token" | "dollar", amountIn: bigint, { ledger }: World, slippageShare: number): Action => {
  const out = proceeds(ledger, sell, amountIn)
  return { kind: "pool.swap", sell, amountIn, amountOutMin: (out * BigInt(Math.round((1 - slippageShare) * 10_000))) / 10_000n }
}
