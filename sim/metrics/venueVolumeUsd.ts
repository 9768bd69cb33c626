import { sumOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { fromMicros } from "../units.ts"
import { volumeUsd } from "./volumeUsd.ts"

export const venueVolumeUsd = metric({
  label: "Volume by venue",
  unit: "USD",
  description: "Dollars traded in the tick in the open main pool and in the gated pool, where there is one; one column a venue",
  daily: "sum",
  of: (observation) =>
    observation.world.rules.kyc === undefined
      ? undefined
      : new Map([
          ["open", volumeUsd.of(observation) as number],
          [
            "gated",
            fromMicros(
              sumOf(observation.settlement.receipts, "kyc.swapped", (fact) => (fact.sell === "dollar" ? fact.amountIn : fact.amountOut)),
            ),
          ],
        ]),
})
