/**
 * Vote lock (ve-style, Curve): where the burn is of kind `lock`, its part of the fees is paid in dollars to those who have locked tokens, by
 * weight: tokens times the part of the longest lock that is left.
 */
export interface Lock {
  readonly amountWei: bigint
  /** Unix seconds, a multiple of a day; those of the last lock if there is none. */
  readonly endSeconds: number
  readonly owedMicros: bigint
}

export interface View {
  readonly lockedWei: bigint
  readonly weightWei: bigint
  readonly owedMicros: bigint
  /** Everybody who ever locked. */
  readonly locks: ReadonlyMap<string, Lock>
}

export const noLocks: View = { lockedWei: 0n, weightWei: 0n, owedMicros: 0n, locks: new Map() }

export type Action =
  /** Locks tokens, on top of a lock that is there, to the end of a day; never sooner than that lock ends. */
  | { readonly kind: "lock.lock"; readonly amountWei: bigint; readonly endSeconds: number }
  | { readonly kind: "lock.withdraw" }
  | { readonly kind: "lock.claim" }

export type Fact =
  | { readonly kind: "lock.locked"; readonly agent: string; readonly amountWei: bigint; readonly endSeconds: number }
  | { readonly kind: "lock.withdrawn"; readonly agent: string; readonly amountWei: bigint }
  | { readonly kind: "lock.claimed"; readonly agent: string; readonly amountMicros: bigint }
  /** The burn engine's duty, done. */
  | { readonly kind: "lock.distributed"; readonly amountMicros: bigint; readonly weightWei: bigint }
