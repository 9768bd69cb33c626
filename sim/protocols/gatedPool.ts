import type { World } from "../world.ts"
import { amountOut, type Side } from "./pool.ts"
import { ordersBefore } from "./pendingPools.ts"

/** Reserves of the gated pool. */
export interface GatedPool {
  readonly tokenWei: bigint
  readonly dollarMicros: bigint
}

/** What a sale of either coin does to the gated pool. */
export const gatedSale = (
  { tokenWei, dollarMicros }: GatedPool,
  sell: Side,
  amountIn: bigint,
): { readonly amountOut: bigint; readonly after: GatedPool } => {
  const out = sell === "token" ? amountOut(amountIn, tokenWei, dollarMicros) : amountOut(amountIn, dollarMicros, tokenWei)
  const after =
    sell === "token"
      ? { tokenWei: tokenWei + amountIn, dollarMicros: dollarMicros - out }
      : { tokenWei: tokenWei - out, dollarMicros: dollarMicros + amountIn }
  return { amountOut: out, after }
}

/** The gated pool as an order of an agent will find it: after the pending swaps that come before it. */
export const gatedPoolAt = ({ ledger, pending }: Pick<World, "ledger" | "pending">, agent: string, tipWei: bigint): GatedPool => {
  const { tokenReserveWei, dollarReserveMicros } = ledger.kyc
  const swaps = pending.filter(({ action }) => action.kind === "kyc.swap")
  let pool: GatedPool = { tokenWei: tokenReserveWei, dollarMicros: dollarReserveMicros }
  for (const { action } of ordersBefore(swaps, agent, tipWei)) {
    if (action.kind !== "kyc.swap") continue
    const sale = gatedSale(pool, action.sell, action.amountIn)
    if (sale.amountOut >= action.amountOutMin) pool = sale.after
  }
  return pool
}
