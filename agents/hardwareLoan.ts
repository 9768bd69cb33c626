import type { Action } from "../sim/ledger.ts"
import { DAYS_PER_YEAR, fromMicros, HOURS_PER_DAY, maxBigint, toMicros } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

/** The orders with which a provider that has just registered buys its hardware on credit, once in its life. */
export const buyOnCredit = (self: string, { rules, ledger }: World, loanUsd: number): ReadonlyArray<Action> => {
  if (rules.lending === undefined || loanUsd === 0 || ledger.lending.loans.has(self)) return []
  const amountMicros = toMicros(loanUsd)
  return [
    { kind: "lending.borrow", amountMicros },
    { kind: "dollar.redeem", amountMicros, purpose: "purchase" },
  ]
}

/** What is owed to the lender today, 0 when nothing is due: as of the last block, and the interest of the tick that goes on until this one. */
export const instalmentMicros = (self: string, { ledger, now, rules }: World): bigint => {
  const loan = ledger.lending.loans.get(self)
  if (loan === undefined || loan.principalMicros === 0n || now.timestampSeconds < loan.dueSeconds) return 0n
  const tickShare = ((rules.lending?.interestPerYear ?? 0) * now.hours) / (HOURS_PER_DAY * DAYS_PER_YEAR)
  return loan.instalmentMicros + toMicros(fromMicros(loan.principalMicros) * tickShare) + 2n
}

/** Pays an instalment from cash, and from the owner's pocket what is missing, while that lasts; otherwise it is missed. */
export const payInstalment = (
  dueMicros: bigint,
  cashMicros: bigint,
  pocketUsd: number,
): { readonly actions: ReadonlyArray<Action>; readonly addedUsd: number } => {
  const missing = maxBigint(dueMicros - cashMicros, 0n)
  if (dueMicros === 0n || fromMicros(missing) > pocketUsd) return { actions: [], addedUsd: 0 }
  const topUp: ReadonlyArray<Action> = missing > 0n ? [{ kind: "dollar.onRamp", amountMicros: missing, purpose: "capital" }] : []
  return { actions: [...topUp, { kind: "lending.repay" }], addedUsd: fromMicros(missing) }
}

export const isDefaulted = (self: string, { ledger }: World): boolean => ledger.lending.loans.get(self)?.isDefaulted ?? false

export const owes = (self: string, { ledger }: World): boolean => (ledger.lending.loans.get(self)?.principalMicros ?? 0n) > 0n
