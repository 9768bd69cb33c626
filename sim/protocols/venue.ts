import { Schema } from "effect"
import { count, quantity } from "../quantity.ts"

/**
 * The rest of the world's market for the token (a centralised exchange), as a desk on chain: it trades at a posted price plus a
 * fee, from a token inventory, and settles dollars with the issuer. The posted price is a model (`sim/markets/reference.ts`).
 */
export const Params = Schema.Struct({
  inventoryTokens: quantity("Tokens that the outside market holds at the start", { unit: "tokens", min: 0, max: 1e10 }),
  feeBps: count("Fee of the outside market on each trade", { unit: "basis points", min: 0, max: 1_000 }),
})

export interface View {
  /** Micro-dollars for one whole token. */
  readonly priceMicros: bigint
}

export type Action =
  | { readonly kind: "venue.post"; readonly priceMicros: bigint }
  | { readonly kind: "venue.trade"; readonly sell: "token" | "dollar"; readonly tokenWei: bigint }

export type Fact =
  | { readonly kind: "venue.posted"; readonly priceMicros: bigint }
  | {
      readonly kind: "venue.traded"
      readonly agent: string
      readonly sell: "token" | "dollar"
      readonly tokenWei: bigint
      readonly dollarMicros: bigint
    }
