import { Schema } from "effect"
import { count } from "../quantity.ts"

/** The burn engine: buys tokens in the pool with the fees that it holds, and burns them. */
export const Params = Schema.Struct({
  spendBpsMax: count("Share of the pool's dollars that one purchase may spend", { unit: "basis points", min: 0, max: 10_000 }),
})

export interface View {
  readonly burnedWei: bigint
  readonly spentMicros: bigint
}

export type Action = { readonly kind: "burn.execute" }

export type Fact = { readonly kind: "burn.executed"; readonly spentMicros: bigint; readonly burnedWei: bigint }
