import { Schema } from "effect"
import { Id } from "../id.ts"
import type { LedgerView } from "../ledger.ts"
import { usdPerToken } from "../units.ts"
import { usdPerTokenAtTick } from "./pool3/price.ts"

/**
 * Which price the network's own decisions go by. The main pool's marginal price is that of the last trade, whoever made it; the mean of a v3
 * pool cannot be moved within a block, and only by holding the pool at another price for a good part of its window.
 */
export const Params = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("spot") }),
  Schema.Struct({ kind: Schema.Literal("mean"), pool: Id }),
])
export type Params = typeof Params.Type

export const meanUsdPerToken = (source: Params, { pool, pools3 }: Pick<LedgerView, "pool" | "pools3">): number => {
  if (source.kind === "spot") return usdPerToken(pool.dollarReserveMicros, pool.tokenReserveWei)
  const { meanTick, tokenFirst } = pools3.pools.get(source.pool)!
  return usdPerTokenAtTick(meanTick, tokenFirst)
}
