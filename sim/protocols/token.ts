import { Schema } from "effect"
import { quantity } from "../quantity.ts"

/** The network token: OpenZeppelin ERC20Votes with Permit and burn; 18 decimals; minted only by the emission controller. */
export const Params = Schema.Struct({
  genesisTokens: quantity("Tokens that exist at the start", { unit: "tokens", min: 1, max: 1e11 }),
})

export interface View {
  readonly supplyWei: bigint
  /** Balance of every account that the run knows: agents and contracts. */
  readonly balanceWei: ReadonlyMap<string, bigint>
}

export type Action = { readonly kind: "token.transfer"; readonly to: string; readonly amountWei: bigint }

export type Fact = {
  readonly kind: "token.transferred"
  readonly agent: string
  readonly to: string
  readonly amountWei: bigint
}
