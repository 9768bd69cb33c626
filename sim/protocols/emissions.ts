import { Schema } from "effect"
import { count, quantity } from "../quantity.ts"

/** The emission controller: mints one decaying amount an epoch to the reward distributor. */
export const Params = Schema.Struct({
  tokensPerEpoch: quantity("Emission of the first epoch", { unit: "tokens per epoch", min: 0, max: 1e9 }),
  decayBpsPerEpoch: count("By how much the emission falls from one epoch to the next", { unit: "basis points", min: 0, max: 10_000 }),
})

export interface View {
  readonly emittedWei: bigint
}

export type Fact = { readonly kind: "emissions.released"; readonly epoch: number; readonly amountWei: bigint }

const RAY = 10n ** 27n

/** The epoch's amount, rounded down: first * (1 - decay)^epoch in 27-digit fixed point, by squaring, as the contract does. */
export const emissionWei = (firstWei: bigint, decayBps: bigint, epoch: number): bigint => {
  let base = ((10_000n - decayBps) * RAY) / 10_000n
  let factor = RAY
  for (let n = epoch; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) factor = (factor * base) / RAY
    base = (base * base) / RAY
  }
  return (firstWei * factor) / RAY
}
