import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { quote } from "../sim/protocols/pool.ts"
import { drawn, or } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromMicros, minBigint, mulDiv } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { type PoolMemory, poolYieldPerYear, unseenPool, watchPool } from "./poolYield.ts"

const fields = {
  poolWeight: drawn("Share of the opening liquidity, relative to the other liquidity providers", { unit: "weight", min: 0, max: 1e6 }).pipe(
    or(1),
  ),
  yieldPerYearMin: drawn("Fees less expected loss to arbitrage that the capital must earn", {
    unit: "share per year",
    min: -10,
    max: 10,
  }).pipe(or(0)),
  memoryDays: drawn("Half-life of the memory of fees and of volatility", { unit: "days", min: 0.1, max: 365 }).pipe(or(14)),
  patienceDays: drawn("How long the yield must be wrong before the money moves", { unit: "days", min: 0, max: 365 }).pipe(or(7)),
}

interface Memory extends PoolMemory {
  /** Days in a row on which the yield spoke for the other side. */
  readonly contraryDays: number
}

/**
 * Lends its capital to the pool while the fees that it sees pay for the loss to arbitrageurs that volatility makes it expect and for the
 * yield that it wants; takes it out when they do not, and comes back when they do. Moves only for more than the chain's fee.
 */
export const liquidityProvider = agentKind({
  role: "liquidity",
  fields,
  endow: ({ poolWeight }) => ({ tokens: 0, usd: 0, poolWeight }),
  begin: (): Memory => ({ ...unseenPool, contraryDays: 0 }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    if (world.now.tickOfDay !== 0) return { memory, actions: [] }
    const seen = { ...watchPool(memory, world, params.memoryDays), contraryDays: memory.contraryDays }
    if (memory.growthPerShare === 0) return { memory: seen, actions: [] }

    const yieldPerYear = poolYieldPerYear(seen)
    const shares = world.ledger.pool.shares.get(self) ?? 0n
    const isContrary = shares > 0n ? yieldPerYear < params.yieldPerYearMin : yieldPerYear >= params.yieldPerYearMin
    const contraryDays = isContrary ? memory.contraryDays + 1 : 0
    if (contraryDays <= params.patienceDays) return { memory: { ...seen, contraryDays }, actions: [] }

    const actions: ReadonlyArray<Action> = shares > 0n ? [{ kind: "pool.removeLiquidity", shares }] : deposit(self, world)
    // What it gains while it believes what it believes now.
    const gainUsd = (Math.abs(yieldPerYear - params.yieldPerYearMin) * movedUsd(actions, world) * params.memoryDays) / DAYS_PER_YEAR
    const feeUsd = actions.reduce((sum, { kind }) => sum + world.gas.feeUsd(kind), 0)
    return gainUsd < feeUsd ? { memory: { ...seen, contraryDays }, actions: [] } : { memory: { ...seen, contraryDays: 0 }, actions }
  },
})

/** Value that goes into the pool or comes out of it: half of it is dollars. */
const movedUsd = (actions: ReadonlyArray<Action>, { ledger: { pool } }: World): number =>
  actions.reduce((sum, action) => {
    if (action.kind === "pool.addLiquidity") return sum + 2 * fromMicros(action.dollarMicros)
    if (action.kind === "pool.removeLiquidity")
      return sum + 2 * fromMicros(mulDiv(action.shares, pool.dollarReserveMicros, pool.totalShares))
    return sum
  }, 0)

/** As much of both balances as fits the pool's ratio. */
export const deposit = (self: string, { ledger }: World): ReadonlyArray<Action> => {
  const { tokenReserveWei, dollarReserveMicros } = ledger.pool
  const tokens = ledger.token.balanceWei.get(self) ?? 0n
  const dollars = ledger.dollar.balanceMicros.get(self) ?? 0n
  const tokenWei = minBigint(tokens, quote(dollars, dollarReserveMicros, tokenReserveWei))
  const dollarMicros = minBigint(dollars, quote(tokens, tokenReserveWei, dollarReserveMicros))
  return tokenWei > 0n && dollarMicros > 0n ? [{ kind: "pool.addLiquidity", tokenWei, dollarMicros }] : []
}
