import { BPS, mulDiv } from "../units.ts"
import { amountIn, amountOut, type Side, type View as Pool } from "./pool.ts"

/**
 * A tax on trades (NodeAI-style), where the burn is of kind `tax`: whatever enters or leaves the main pool as tokens leaves a part behind,
 * liquidity too, as with such tokens. Once a day the part is burned or given away. Both rates are 0 without a tax.
 */
export interface View {
  readonly buyBps: bigint
  readonly sellBps: bigint
}

export const noTax: View = { buyBps: 0n, sellBps: 0n }

export type Fact =
  | { readonly kind: "tax.levied"; readonly agent: string; readonly sell: Side; readonly amountWei: bigint }
  | { readonly kind: "tax.split"; readonly burnedWei: bigint; readonly treasuryWei: bigint; readonly stakersWei: bigint }

/** Tokens that arrive of those that were sent into the pool, or out of it; the tax rounds down. */
export const afterTax = ({ buyBps, sellBps }: View, sell: Side, tokenWei: bigint): bigint =>
  tokenWei - mulDiv(tokenWei, sell === "token" ? sellBps : buyBps, BPS)

/** Tokens to send so that at least so many arrive: the least, or one unit more. */
export const beforeTax = ({ buyBps, sellBps }: View, sell: Side, tokenWei: bigint): bigint => {
  const keptBps = BPS - (sell === "token" ? sellBps : buyBps)
  return (tokenWei * BPS + keptBps - 1n) / keptBps
}

interface Market {
  readonly pool: Pick<Pool, "tokenReserveWei" | "dollarReserveMicros">
  readonly tax: View
}

/** What a trader gets in the main pool for what it pays, tax and fee included. */
export const proceeds = ({ pool: { tokenReserveWei, dollarReserveMicros }, tax }: Market, sell: Side, paid: bigint): bigint =>
  sell === "token"
    ? amountOut(afterTax(tax, sell, paid), tokenReserveWei, dollarReserveMicros)
    : afterTax(tax, sell, amountOut(paid, dollarReserveMicros, tokenReserveWei))

/** What a trader must pay in the main pool to get so much; undefined when the pool does not hold that much. */
export const cost = ({ pool: { tokenReserveWei, dollarReserveMicros }, tax }: Market, sell: Side, wanted: bigint): bigint | undefined => {
  if (sell === "dollar") return amountIn(beforeTax(tax, sell, wanted), dollarReserveMicros, tokenReserveWei)
  const arriving = amountIn(wanted, tokenReserveWei, dollarReserveMicros)
  return arriving === undefined ? undefined : beforeTax(tax, sell, arriving)
}
