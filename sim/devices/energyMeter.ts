import { count, or, quantity } from "../quantity.ts"
import type { Proven } from "./deviceClass.ts"
import { deviceClass } from "./deviceClass.ts"

/**
 * Meters of one feeder cannot read more than the feeder delivered. Nobody can tell which readings are invented: where they are too many, all of
 * that feeder are believed in part. What flows past all meters is room for invented readings that no total shows.
 */
export const energyMeter = deviceClass({
  fields: {
    feeders: count("Feeders, each with a meter of its own", { unit: "feeders", min: 1, max: 10_000 }),
    unmeteredShare: quantity("Part of what a feeder delivers that no meter of the network reads: other homes, and losses", {
      unit: "share",
      min: 0,
      max: 0.99,
    }),
    totalErrorShare: quantity("Standard deviation of the feeder's own meter in an epoch", { unit: "share", min: 0, max: 1 }).pipe(
      or(0.005),
    ),
  },
  places: ({ feeders }) => Array.from({ length: feeders }, (_, feeder) => `feeder-${feeder}`),
  prove: ({ unmeteredShare, totalErrorShare }, deployed, _, rng) => {
    const totals = new Map<string | undefined, { on: number; claimable: number }>()
    for (const { claimedPlace, onHours, claimableHours } of deployed) {
      const total = totals.get(claimedPlace) ?? { on: 0, claimable: 0 }
      totals.set(claimedPlace, { on: total.on + onHours, claimable: total.claimable + claimableHours })
    }
    const believed = new Map(
      [...totals].map(([feeder, { on, claimable }]) => {
        const delivered = (on / (1 - unmeteredShare)) * Math.max(0, 1 + totalErrorShare * rng(`total/${feeder}`).normal())
        return [feeder, claimable > delivered ? delivered / claimable : 1]
      }),
    )
    return new Map(
      deployed.map(({ provider, onHours, claimableHours, claimedPlace }): [string, Proven] => [
        provider,
        { scale: 1, dueHours: onHours, seenHours: claimableHours * (believed.get(claimedPlace) ?? 1) },
      ]),
    )
  },
})
