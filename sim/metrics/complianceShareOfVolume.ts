import { metric } from "../metric.ts"
import { tradedUsd } from "./gatedVolumeShare.ts"

export const complianceShareOfVolume = metric({
  label: "Compliance for a dollar traded",
  unit: "USD/USD",
  description: "What the gated venue has cost since the start, users and programme and its officer's fees, for each dollar traded in it",
  daily: "last",
  of: ({ actors, books, world }) => {
    if (world.rules.kyc === undefined) return undefined
    const costUsd = actors.reduce((sum, { id, kind }) => {
      const { complianceUsd, gasUsd } = books.get(id)!
      return sum + complianceUsd + (kind === "complianceOfficer" ? gasUsd : 0)
    }, 0)
    const { gated } = tradedUsd(books)
    return gated > 0 ? costUsd / gated : NaN
  },
})
