/**
 * The dollar token: 6 decimals, ERC-20 with Permit. Outside money enters by `onRamp` (the issuer mints against a wire)
 * and leaves by `redeem` (the holder burns and is wired); both carry a purpose, so that every cost has a name on chain.
 */
export type Purpose = "capital" | "budget" | "energy" | "hardware" | "purchase" | "withdrawal" | "gas" | "compliance" | "data" | "checks"

export interface View {
  readonly supplyMicros: bigint
  readonly balanceMicros: ReadonlyMap<string, bigint>
}

export type Action =
  | { readonly kind: "dollar.transfer"; readonly to: string; readonly amountMicros: bigint }
  | { readonly kind: "dollar.onRamp"; readonly amountMicros: bigint; readonly purpose: Purpose }
  | { readonly kind: "dollar.redeem"; readonly amountMicros: bigint; readonly purpose: Purpose }

export type Fact =
  | { readonly kind: "dollar.transferred"; readonly agent: string; readonly to: string; readonly amountMicros: bigint }
  | { readonly kind: "dollar.onRamped"; readonly agent: string; readonly amountMicros: bigint; readonly purpose: Purpose }
  | { readonly kind: "dollar.redeemed"; readonly agent: string; readonly amountMicros: bigint; readonly purpose: Purpose }
