import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { DAYS_PER_YEAR, fromWei, HOURS_PER_DAY } from "../units.ts"

export const emissionSharePerYear = metric({
  label: "Emission rate",
  unit: "share",
  description: "The last epoch's emission as a share of the supply before it, as if it went on for a year; burning is not taken off",
  daily: "last",
  of: ({ before, settlement, world, previous }) => {
    const released = factsOf(settlement.receipts, "emissions.released").at(-1)
    if (released === undefined) return previous?.["emissionSharePerYear"] ?? 0
    const epochsPerYear = (DAYS_PER_YEAR * HOURS_PER_DAY) / world.now.epochHours
    return (fromWei(released.amountWei) / fromWei(before.token.supplyWei)) * epochsPerYear
  },
})
