import { count, or, quantity } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** Sealed data are kept for a time. What has been kept is owed; from a broken node they are copied to another one out of their replicas. */
export const storage = jobKind({
  label: "Storage",
  isRated: true,
  isLive: true,
  fields: {
    copyHours: quantity("Copying the data elsewhere", { unit: "hours", min: 0, max: 1_000 }).pipe(or(12)),
    copiesMax: count("Copies before the buyer gives up", { unit: "copies", min: 0, max: 10_000 }).pipe(or(10)),
  },
  afterFailure: ({ copyHours, copiesMax }, { workHoursPerGpu, setupHours, hours, rate, restarts }) =>
    restarts >= copiesMax
      ? undefined
      : { workHoursPerGpu: workHoursPerGpu - Math.min(Math.max(0, hours - setupHours) * rate, workHoursPerGpu), setupHours: copyHours },
})
