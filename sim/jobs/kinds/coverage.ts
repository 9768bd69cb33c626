import { count, or } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** Data are carried for users who are in one cell, by a hotspot that stands in it. What was carried is carried; the rest goes on over a neighbour. */
export const coverage = jobKind({
  label: "Wireless coverage",
  isRated: true,
  isLive: false,
  fields: {
    handoversMax: count("Changes of the hotspot before the buyer gives up", { unit: "handovers", min: 0, max: 10_000 }).pipe(or(20)),
  },
  canServe: (_, __, roundTripMs) => roundTripMs === 0,
  afterFailure: ({ handoversMax }, { workHoursPerGpu, hours, rate, restarts }) =>
    restarts >= handoversMax ? undefined : { workHoursPerGpu: workHoursPerGpu - Math.min(hours * rate, workHoursPerGpu), setupHours: 0 },
})
