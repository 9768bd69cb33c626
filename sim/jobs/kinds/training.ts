import { count, or, quantity } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** Many GPUs at once for long. A failure costs the work since the last checkpoint, and a restart. */
export const training = jobKind({
  label: "AI training",
  isRated: true,
  isLive: false,
  fields: {
    checkpointHours: quantity("Work between two checkpoints", { unit: "hours", min: 0.01, max: 1_000 }).pipe(or(1)),
    checkpointMinutes: quantity("Pause for writing a checkpoint", { unit: "minutes", min: 0, max: 600 }).pipe(or(2)),
    restartHours: quantity("Loading the last checkpoint on other machines", { unit: "hours", min: 0, max: 100 }).pipe(or(0.25)),
    restartsMax: count("Restarts before the buyer gives up", { unit: "restarts", min: 0, max: 10_000 }).pipe(or(100)),
  },
  workShare: ({ checkpointHours, checkpointMinutes }) => checkpointHours / (checkpointHours + checkpointMinutes / 60),
  afterFailure: (
    { checkpointHours, checkpointMinutes, restartHours, restartsMax },
    { workHoursPerGpu, setupHours, hours, rate, restarts },
  ) => {
    if (restarts >= restartsMax) return undefined
    const written = Math.floor(Math.max(0, hours - setupHours) / (checkpointHours + checkpointMinutes / 60))
    return { workHoursPerGpu: workHoursPerGpu - Math.min(written * checkpointHours * rate, workHoursPerGpu), setupHours: restartHours }
  },
})
