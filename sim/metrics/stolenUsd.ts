import { metric } from "../metric.ts"
import { stolenMicros } from "../protocols/exploit.ts"
import { fromMicros } from "../units.ts"

export const stolenUsd = metric({
  label: "Stolen from escrow",
  unit: "USD",
  description:
    "Taken out of others' escrow since the start by an exploit of the market's contract; only where that is vulnerable on purpose",
  daily: "last",
  of: ({ after, world }) => (world.rules.market.vulnerable === true ? fromMicros(stolenMicros(after)) : undefined),
})
