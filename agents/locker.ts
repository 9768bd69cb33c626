import { agentKind, type Decision } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { exp, ln } from "../sim/maths.ts"
import { drawn, or } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromMicros, fromWei, SECONDS_PER_DAY } from "../sim/units.ts"

const fields = {
  tokens: drawn("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  lockDays: drawn("How long it locks at a time", { unit: "days", min: 1, max: 3_650 }),
  yieldPerYearMin: drawn("What the lock must pay to be worth its time", { unit: "share per year", min: 0, max: 100 }),
  memoryDays: drawn("Half-life of the memory of what was paid out", { unit: "days", min: 0.1, max: 365 }).pipe(or(14)),
}

interface Memory {
  readonly officeShare: number
  readonly paidUsdPerDay: number
  readonly spentMicros: bigint
}

const dustUsd = 5

/**
 * A holder who locks all tokens for as long as it likes while the fees that are paid out, by its part of the weight, are worth it; lets the
 * lock end when they are not. Takes the dollars home. Where nothing can be locked it just holds.
 */
export const locker = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens }) => ({ tokens, usd: 0 }),
  begin: (_params, _rules, rng): Memory => ({ officeShare: rng("office").uniform(), paidUsdPerDay: 0, spentMicros: 0n }),
  decide: ({ self, params, memory, world }): Decision<Memory> => {
    const { tickOfDay, ticksPerDay, timestampSeconds } = world.now
    if (tickOfDay !== Math.floor(memory.officeShare * ticksPerDay)) return { memory, actions: [] }
    const { locks, token, dollar, burn } = world.ledger
    const keep = memory.spentMicros === 0n ? 0 : exp(-ln(2) / params.memoryDays)
    const waiting = (dollar.balanceMicros.get("burn") ?? 0n) - locks.owedMicros
    // Before the first payment, what has come in tells what there is to earn.
    const today = fromMicros(burn.spentMicros === 0n ? waiting : burn.spentMicros - memory.spentMicros)
    const paidUsdPerDay = memory.paidUsdPerDay * keep + today * (1 - keep)

    const own = locks.locks.get(self)
    const freeWei = token.balanceWei.get(self) ?? 0n
    const lockedWei = own?.amountWei ?? 0n
    const isOver = own !== undefined && lockedWei > 0n && timestampSeconds >= own.endSeconds
    const lockDaysMax = world.rules.burn.kind === "lock" ? world.rules.burn.lockDaysMax : 0
    const days = Math.min(params.lockDays, lockDaysMax - 1)
    const weight = (fromWei(freeWei + lockedWei) * days) / Math.max(lockDaysMax, 1)
    const othersWeight = Math.max(0, fromWei(locks.weightWei) - (lockedWei > 0n ? weight : 0))
    const yieldPerYear =
      weight > 0 ? ((paidUsdPerDay * DAYS_PER_YEAR) / (weight + othersWeight)) * (days / lockDaysMax) * (1 / world.usdPerToken) : 0
    const wanted = yieldPerYear >= params.yieldPerYearMin && days >= 1

    const lockTo = Math.floor(timestampSeconds / SECONDS_PER_DAY + days) * SECONDS_PER_DAY
    const endSeconds = Math.max(lockTo, isOver ? 0 : (own?.endSeconds ?? 0))
    const actions: Array<Action> = []
    if (isOver) actions.push({ kind: "lock.withdraw" })
    // What comes out of a lock that is over can be locked again at once.
    const toLockWei = freeWei + (isOver ? lockedWei : 0n)
    if (wanted && fromWei(toLockWei) * world.usdPerToken >= dustUsd) actions.push({ kind: "lock.lock", amountWei: toLockWei, endSeconds })
    if (own !== undefined && fromMicros(own.owedMicros) >= dustUsd) actions.push({ kind: "lock.claim" })
    const cash = dollar.balanceMicros.get(self) ?? 0n
    if (fromMicros(cash) >= dustUsd) actions.push({ kind: "dollar.redeem", amountMicros: cash, purpose: "withdrawal" })
    return { memory: { ...memory, paidUsdPerDay, spentMicros: burn.spentMicros }, actions }
  },
})
