import { count, or } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** The readings of meters over a time. A gap is not filled: other meters read on for what is left of the time. */
export const metering = jobKind({
  label: "Metering",
  isRated: true,
  isLive: true,
  fields: {
    gapsMax: count("Gaps before the buyer gives up", { unit: "gaps", min: 0, max: 10_000 }).pipe(or(10)),
  },
  afterFailure: ({ gapsMax }, { workHoursPerGpu, hours, rate, restarts }) =>
    restarts >= gapsMax ? undefined : { workHoursPerGpu: workHoursPerGpu - Math.min(hours * rate, workHoursPerGpu), setupHours: 0 },
})
