import { Schema } from "effect"
import { count, quantity } from "../quantity.ts"
import { DAYS_PER_YEAR, toMicros } from "../units.ts"

/**
 * Hardware on credit: a provider may borrow dollars against its stake, and pays them back in equal daily parts with interest. While it owes it
 * cannot leave; who is too late is put out, and the stake is sold.
 */
export const Params = Schema.Struct({
  capitalUsd: quantity("What the lender has to lend", { unit: "USD", min: 0, max: 1e10 }),
  interestPerYear: quantity("Interest on what is owed", { unit: "share per year", min: 0, max: 10 }),
  termDays: count("Days over which a loan is paid back", { unit: "days", min: 1, max: 3_650 }),
  missedDaysMax: count("Days that an instalment may be late", { unit: "days", min: 0, max: 365 }),
})
export type Params = typeof Params.Type

/** What the contract is made with. */
export const lendingTerms = ({ capitalUsd, interestPerYear, termDays, missedDaysMax }: Params) => ({
  capitalMicros: toMicros(capitalUsd),
  interestBpsPerYear: Math.round(interestPerYear * 10_000),
  termDays,
  missedDaysMax,
})

/** Mean instalment of a day over the term of a loan. */
export const instalmentUsdPerDay = (params: Params | undefined, loanUsd: number): number =>
  params === undefined ? 0 : loanUsd * (1 / params.termDays + params.interestPerYear / 2 / DAYS_PER_YEAR)

export interface Loan {
  readonly principalMicros: bigint
  /** The next instalment with all interest until the last block, and when it is due, in Unix seconds. */
  readonly instalmentMicros: bigint
  readonly dueSeconds: number
  readonly isDefaulted: boolean
}

export interface View {
  readonly principalMicros: bigint
  /** Owed by those who defaulted, less what their stakes brought. */
  readonly lostMicros: bigint
  /** Everybody who ever borrowed. */
  readonly loans: ReadonlyMap<string, Loan>
}

export const noLending: View = { principalMicros: 0n, lostMicros: 0n, loans: new Map() }

/** The account that holds what is there to lend, and what came back. */
export const lenderAccount = "lending.lender"

export type Action =
  | { readonly kind: "lending.borrow"; readonly amountMicros: bigint }
  /** Pays the next instalment. */
  | { readonly kind: "lending.repay" }
  /** Anybody may say that a provider is too late. */
  | { readonly kind: "lending.foreclose"; readonly provider: string }

export type Fact =
  | { readonly kind: "lending.borrowed"; readonly agent: string; readonly amountMicros: bigint }
  | { readonly kind: "lending.repaid"; readonly agent: string; readonly interestMicros: bigint; readonly principalMicros: bigint }
  /** Put out of the registry; the lender gets the stake. */
  | { readonly kind: "registry.evicted"; readonly provider: string; readonly amountWei: bigint }
  | {
      readonly kind: "lending.foreclosed"
      readonly provider: string
      readonly principalMicros: bigint
      readonly seizedWei: bigint
      readonly receivedMicros: bigint
    }
