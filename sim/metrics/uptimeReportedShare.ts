import { metric } from "../metric.ts"

export const uptimeReportedShare = metric({
  label: "Uptime of a day",
  unit: "share",
  description: "Mean over providers of the uptimes that the committee reported in the tick; no value in others",
  daily: "mean",
  of: ({ settlement, world }) => {
    if (world.rules.uptime === undefined) return undefined
    const bps = settlement.receipts.flatMap(({ order: { action }, facts }) =>
      action.kind === "uptime.report" && facts.some(({ kind }) => kind === "uptime.reported") ? [...action.uptimeBps.values()] : [],
    )
    return bps.length === 0 ? NaN : bps.reduce((sum, value) => sum + value, 0) / bps.length / 10_000
  },
})
