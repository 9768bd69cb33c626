import { metric } from "../metric.ts"

const size = (units: bigint): bigint => (units < 0n ? -units : units)

export const lpResidualUnits = metric({
  label: "Residual of the LP ledger",
  unit: "wei and micro-dollars",
  description: "Units by which flows, fees, trades and rounding of all positions miss what the chain shows; anything but 0 is a defect.",
  daily: "sum",
  of: ({ liquidity }) =>
    Number([...liquidity.values()].reduce((sum, { residual }) => sum + size(residual.tokenWei) + size(residual.dollarMicros), 0n)),
})
