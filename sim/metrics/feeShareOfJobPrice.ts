import { chainNames } from "../chains/index.ts"
import { shareOfJobPrice } from "../chains/tolls.ts"
import { metric } from "../metric.ts"

export const feeShareOfJobPrice = metric({
  label: "Fees in the price of a job",
  unit: "share",
  description:
    "Fees of opening, paying and refunding jobs and of claiming rewards over what buyers paid for jobs, since the start; one column a kind of chain",
  daily: "last",
  of: ({ tolls, world }) =>
    tolls && new Map(chainNames.map((name) => [name, shareOfJobPrice(tolls, name, world.now.day + world.now.hours / 24)])),
})
