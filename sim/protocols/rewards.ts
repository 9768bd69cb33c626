/** The reward distributor: splits an epoch's emission by verified work; the remainder of the division waits for the next epoch. */
export interface View {
  readonly accruedWei: ReadonlyMap<string, bigint>
  /** Not yet credited: remainders, and epochs in which nobody worked. */
  readonly carriedWei: bigint
}

export type Action = { readonly kind: "rewards.claim" }

export type Fact =
  | { readonly kind: "rewards.credited"; readonly provider: string; readonly epoch: number; readonly amountWei: bigint }
  | { readonly kind: "rewards.claimed"; readonly agent: string; readonly amountWei: bigint }
