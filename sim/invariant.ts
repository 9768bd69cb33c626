import { sumOf } from "./facts.ts"
import type { LedgerView, Receipt } from "./ledger.ts"

/** What must hold after every tick, whatever the agents did; a breach is a defect and stops the run. */
export interface Invariant {
  readonly name: string
  /** What is broken, with the numbers; undefined while the invariant holds. */
  readonly check: (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>) => string | undefined
}

/** Tokens and dollars sent straight to a protocol's account: it holds them, yet owes them to nobody. */
export const giftsTo = (account: string, receipts: ReadonlyArray<Receipt>) => ({
  tokenWei: sumOf(receipts, "token.transferred", (fact) => (fact.to === account ? fact.amountWei : 0n)),
  dollarMicros: sumOf(receipts, "dollar.transferred", (fact) => (fact.to === account ? fact.amountMicros : 0n)),
})

export const total = (amounts: ReadonlyMap<string, bigint>): bigint => {
  let sum = 0n
  for (const amount of amounts.values()) sum += amount
  return sum
}

/** The first of the statements that is not true, in words. */
export const firstBroken = (
  ...statements: ReadonlyArray<{ readonly what: string; readonly found: bigint; readonly expected: bigint }>
): string | undefined => {
  const broken = statements.find(({ found, expected }) => found !== expected)
  return broken && `${broken.what}: found ${broken.found}, expected ${broken.expected} (off by ${broken.found - broken.expected})`
}
