import { agentKind, type Decision } from "../sim/agent.ts"
import { exp, ln } from "../sim/maths.ts"
import { quote } from "../sim/protocols/pool.ts"
import { drawn, or } from "../sim/quantity.ts"
import { minBigint } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

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

interface Memory {
  /** sqrt(x y) per pool share, which only fees raise. */
  readonly growthPerShare: number
  readonly usdPerToken: number
  readonly feePerDay: number
  readonly variancePerDay: number
  /** Days in a row on which the yield spoke for the other side. */
  readonly contraryDays: number
}

/**
 * Lends its capital to the pool while the fees that it sees pay for the loss to arbitrageurs that volatility makes it expect (an eighth of
 * the variance: Milionis et al. 2022) and for the yield that it wants; takes it out when they do not, and comes back when they do.
 */
export const liquidityProvider = agentKind({
  role: "liquidity",
  fields,
  endow: ({ poolWeight }) => ({ tokens: 0, usd: 0, poolWeight }),
  begin: (): Memory => ({ growthPerShare: 0, usdPerToken: 0, feePerDay: 0, variancePerDay: 0, contraryDays: 0 }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    if (world.now.tickOfDay !== 0) return { memory, actions: [] }
    const seen = observe(memory, world, params.memoryDays)
    if (memory.growthPerShare === 0) return { memory: seen, actions: [] }

    const yieldPerYear = (seen.feePerDay - seen.variancePerDay / 8) * 365
    const shares = world.ledger.pool.shares.get(self) ?? 0n
    const isContrary = shares > 0n ? yieldPerYear < params.yieldPerYearMin : yieldPerYear >= params.yieldPerYearMin
    const contraryDays = isContrary ? memory.contraryDays + 1 : 0
    if (contraryDays <= params.patienceDays) return { memory: { ...seen, contraryDays }, actions: [] }

    const settled = { ...seen, contraryDays: 0 }
    return { memory: settled, actions: shares > 0n ? [{ kind: "pool.removeLiquidity", shares }] : deposit(self, world) }
  },
})

const observe = (before: Memory, { ledger, usdPerToken }: World, memoryDays: number): Memory => {
  const { tokenReserveWei, dollarReserveMicros, totalShares } = ledger.pool
  const growthPerShare = Math.sqrt(Number(tokenReserveWei) * Number(dollarReserveMicros)) / Number(totalShares)
  if (before.growthPerShare === 0) return { ...before, growthPerShare, usdPerToken }
  const keep = exp(-ln(2) / memoryDays)
  const move = ln(usdPerToken / before.usdPerToken)
  // The first day stands for the days before it.
  const old = before.variancePerDay === 0 ? 0 : keep
  return {
    ...before,
    growthPerShare,
    usdPerToken,
    feePerDay: before.feePerDay * old + (growthPerShare / before.growthPerShare - 1) * (1 - old),
    variancePerDay: before.variancePerDay * old + move * move * (1 - old),
  }
}

/** As much of both balances as fits the pool's ratio. */
const deposit = (self: string, { ledger }: World) => {
  const { tokenReserveWei, dollarReserveMicros } = ledger.pool
  const tokens = ledger.token.balanceWei.get(self) ?? 0n
  const dollars = ledger.dollar.balanceMicros.get(self) ?? 0n
  const tokenWei = minBigint(tokens, quote(dollars, dollarReserveMicros, tokenReserveWei))
  const dollarMicros = minBigint(dollars, quote(tokens, tokenReserveWei, dollarReserveMicros))
  return tokenWei > 0n && dollarMicros > 0n ? [{ kind: "pool.addLiquidity" as const, tokenWei, dollarMicros }] : []
}
