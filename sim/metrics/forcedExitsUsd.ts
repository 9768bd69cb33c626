import { factsOf } from "../facts.ts"
import { metric } from "../metric.ts"
import { isStranded } from "../protocols/kyc.ts"
import { fromMicros, fromWei } from "../units.ts"

export const forcedExitsUsd = metric({
  label: "Forced exits",
  unit: "USD",
  description:
    "What users who were struck off sold in the gated pool in the tick, and what they took out through the gate, at the open main pool's price",
  daily: "sum",
  of: ({ before, settlement, world }) => {
    if (world.rules.kyc === undefined) return undefined
    const isForced = (agent: string) => {
      const member = before.kyc.members.get(agent)
      return member !== undefined && isStranded(member)
    }
    const { receipts } = settlement
    const sold = factsOf(receipts, "kyc.swapped").filter(({ agent, sell }) => sell === "token" && isForced(agent))
    const takenOut = factsOf(receipts, "kyc.unwrapped").filter(({ agent }) => isForced(agent))
    return new Map([
      ["sold", sold.reduce((sum, { amountOut }) => sum + fromMicros(amountOut), 0)],
      ["takenOut", takenOut.reduce((sum, { amountWei }) => sum + fromWei(amountWei) * world.usdPerToken, 0)],
    ])
  },
})
