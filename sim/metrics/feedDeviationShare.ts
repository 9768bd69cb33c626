import { metric } from "../metric.ts"
import { feedUsdPerToken } from "../protocols/feeds.ts"

export const feedDeviationShare = metric({
  label: "Feed against truth",
  unit: "share",
  description: "How far each feed's answer is from the outside price at the end of the tick, either way; one column a feed",
  daily: "mean",
  of: ({ after, exogenous }) =>
    new Map(
      [...after.feeds.keys()].map((id) => [id, Math.abs((feedUsdPerToken(after.feeds, id) ?? NaN) / exogenous.reference.usdPerToken - 1)]),
    ),
})
