import { metric } from "../metric.ts"

export const poolAgainstHoldRatio = metric({
  label: "Pool against holding",
  unit: "ratio",
  description: "Value of one share of the opening pool against holding what it stood for, less one: fees less impermanent loss",
  daily: "last",
  of: ({ after, opening }) => {
    const { tokenReserveWei, dollarReserveMicros, totalShares } = after.pool
    const dollarPerWei = Number(dollarReserveMicros) / Number(tokenReserveWei)
    const heldMicros = Number(opening.pool.tokenReserveWei) * dollarPerWei + Number(opening.pool.dollarReserveMicros)
    const poolMicros = 2 * Number(dollarReserveMicros) * (Number(opening.pool.totalShares) / Number(totalShares))
    return poolMicros / heldMicros - 1
  },
})
