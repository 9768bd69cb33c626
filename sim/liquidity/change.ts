import type { Amounts } from "./amounts.ts"

/** Something that a provider did with its position, in order. */
export type Move =
  | { readonly kind: "added"; readonly amounts: Amounts }
  /** `liquidity` of `whole` was taken out of the position. */
  | { readonly kind: "removed"; readonly liquidity: bigint; readonly whole: bigint }

/**
 * What one tick did to one position, coin by coin and to the unit:
 * after = before + added - removed + fees + trading + rounding.
 */
export interface Change {
  readonly pool: string
  readonly position: string
  readonly owner: string
  /** What the position stood for, fees included. */
  readonly before: Amounts
  readonly after: Amounts
  readonly added: Amounts
  /** What left the pool for the owner, fees included. */
  readonly removed: Amounts
  /** What traders left for this position. */
  readonly fees: Amounts
  /** What the curve took of one coin and gave of the other, fees apart. */
  readonly trading: Amounts
  /** Units that integer division moved between the positions. */
  readonly rounding: Amounts
  /** Fees within `before`, where the pool keeps them apart; otherwise the ledger remembers them. */
  readonly feesBefore?: Amounts
  readonly moves: ReadonlyArray<Move>
}
