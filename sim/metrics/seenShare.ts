import { metric, type Observation } from "../metric.ts"
import { compareIds } from "../sequence.ts"

/** Claims of the tick, and what oracles could see of the same epoch's work, by class of device. */
const classes = ({ actors, settlement, world }: Observation): ReadonlyMap<string, { claimed: number; seen: number }> => {
  const gpuOf = new Map(actors.map(({ id, params }) => [id, String(params["gpu"])]))
  const sums = new Map<string, { claimed: number; seen: number }>()
  for (const { order, facts } of settlement.receipts) {
    if (order.action.kind !== "oracle.claimWork" || facts.length === 0) continue
    const gpu = gpuOf.get(order.agent)!
    if (world.gpus.get(gpu)?.device === undefined) continue
    const sum = sums.get(gpu) ?? { claimed: 0, seen: 0 }
    sums.set(gpu, sum)
    const claimed = Number(order.action.workMillis)
    sum.claimed += claimed
    sum.seen += Math.min(claimed, Number(world.work.seenMillis.get(order.agent) ?? 0n))
  }
  return sums
}

export const seenShare = metric({
  label: "Seen of what is claimed",
  unit: "share",
  description: "Part of the work that providers claim for an epoch that the proof shows, by class of device",
  daily: "last",
  of: (observation) => {
    const { actors, previous, world } = observation
    if (world.rules.devices === undefined) return undefined
    const sums = classes(observation)
    const gpus = [...new Set(actors.flatMap(({ params }) => (typeof params["gpu"] === "string" ? [params["gpu"]] : [])))].sort(compareIds)
    return new Map(
      gpus
        .filter((gpu) => world.gpus.get(gpu)?.device !== undefined)
        .map((gpu) => {
          const sum = sums.get(gpu)
          return [gpu, sum === undefined || sum.claimed === 0 ? (previous?.[`seenShare.${gpu}`] ?? NaN) : sum.seen / sum.claimed]
        }),
    )
  },
})
