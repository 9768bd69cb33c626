import { metric } from "../metric.ts"

export const washShareOfRewards = metric({
  label: "Rewards farmed by washing",
  unit: "share",
  description: "Part of all rewards since the start that providers got for what their owners' own jobs made count",
  daily: "last",
  of: ({ actors, books, wash }) => {
    if (wash.books.size === 0) return undefined
    const all = actors.reduce((sum, { id }) => sum + books.get(id)!.rewardUsd, 0)
    const farmed = [...wash.books.values()].reduce((sum, { rewardUsd }) => sum + rewardUsd, 0)
    return all > 0 ? farmed / all : 0
  },
})
