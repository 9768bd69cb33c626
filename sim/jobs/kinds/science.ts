import { count, or } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** Batch work that has time: cheap, patient, and begun anew when it breaks. */
export const science = jobKind({
  label: "Scientific batch",
  isRated: false,
  isLive: false,
  fields: {
    restartsMax: count("Times that it is begun anew before its owner gives up", { unit: "restarts", min: 0, max: 10_000 }).pipe(or(20)),
  },
  afterFailure: ({ restartsMax }, { workHoursPerGpu, restarts }) =>
    restarts >= restartsMax ? undefined : { workHoursPerGpu, setupHours: 0 },
})
