import type { Books } from "../books.ts"
import { metric } from "../metric.ts"

/** What all agents have traded in the gated pool, and in all pools. */
export const tradedUsd = (books: Books): { readonly gated: number; readonly all: number } => {
  let [gated, all] = [0, 0]
  for (const { gatedUsd, boughtForUsd, soldForUsd } of books.values()) {
    gated += gatedUsd
    all += boughtForUsd + soldForUsd
  }
  return { gated, all }
}

export const gatedVolumeShare = metric({
  label: "Gated share of volume",
  unit: "share",
  description: "Part of what the agents have traded in all pools since the start that went through the gated pool",
  daily: "last",
  of: ({ books, world }) => {
    if (world.rules.kyc === undefined) return undefined
    const { gated, all } = tradedUsd(books)
    return all > 0 ? gated / all : 0
  },
})
