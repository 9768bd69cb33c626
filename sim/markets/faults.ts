import { Schema } from "effect"
import { quantity } from "../quantity.ts"

/** What goes wrong with hardware, and with the eyes of the oracles, on any day; what begins and ends is in `sim/faults`. */
export const Params = Schema.Struct({
  hoursBetweenFailures: quantity("Mean up-time of a provider's site", { unit: "hours", min: 1, max: 1e7 }),
  repairHours: quantity("Mean time to repair", { unit: "hours", min: 0.1, max: 1e4 }),
  unseenSharePerEpoch: quantity("Chance that a working site is out of the oracles' sight for part of an epoch", {
    unit: "share",
    min: 0,
    max: 1,
  }),
})
export type Params = typeof Params.Type
