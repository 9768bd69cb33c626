import { count, or, quantity } from "../quantity.ts"
import { deviceClass } from "./deviceClass.ts"

/**
 * Sealed sectors, of which some are drawn in an epoch and must be retrieved: the share that comes is the share that is believed to be there.
 * A sample of n finds that a share f is missing with chance 1 - (1 - f)^n.
 */
export const storageNode = deviceClass({
  fields: {
    samples: count("Sectors of each provider that are asked for in an epoch; none: what is claimed is believed", {
      unit: "samples",
      min: 0,
      max: 10_000,
    }),
    lateShare: quantity("Chance that a sector that is there comes too late", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  },
  prove: ({ samples, lateShare }, deployed, _, rng) =>
    new Map(
      deployed.map(({ provider, onHours, claimableHours }) => {
        const draws = rng(`retrieval/${provider}`)
        const isThere = claimableHours > 0 ? onHours / claimableHours : 0
        let passed = 0
        for (let sample = 0; sample < samples; sample++) if (draws.chance(isThere * (1 - lateShare))) passed++
        return [provider, { scale: 1, dueHours: onHours, seenHours: samples === 0 ? claimableHours : (claimableHours * passed) / samples }]
      }),
    ),
})
