import { Schema } from "effect"
import { Id } from "../id.ts"
import type { LedgerView } from "../ledger.ts"
import { usdPerToken } from "../units.ts"
import { feedUsdPerToken } from "./feeds.ts"
import { usdPerTokenAtTick } from "./pool3/price.ts"

/**
 * Which price the network's own decisions go by. The main pool's marginal price is that of the last trade, whoever made it; the mean of a v3
 * pool cannot be moved within a block, and only by holding the pool at another price for a good part of its window. A feed says what its
 * committee saw of the outside market; before its first answer the marginal price stands.
 */
export const Params = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("spot") }),
  Schema.Struct({ kind: Schema.Literal("mean"), pool: Id }),
  Schema.Struct({ kind: Schema.Literal("feed"), id: Id }),
])
export type Params = typeof Params.Type

export const meanUsdPerToken = (source: Params, { pool, pools3, feeds }: Pick<LedgerView, "pool" | "pools3" | "feeds">): number => {
  const spot = usdPerToken(pool.dollarReserveMicros, pool.tokenReserveWei)
  if (source.kind === "spot") return spot
  if (source.kind === "feed") return feedUsdPerToken(feeds, source.id) ?? spot
  const { meanTick, tokenFirst } = pools3.pools.get(source.pool)!
  return usdPerTokenAtTick(meanTick, tokenFirst)
}
