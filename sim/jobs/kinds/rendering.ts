import { count, or, quantity } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** Splits into frames, each on a node of its own; done when the last one is. A lost frame is rendered again. */
export const rendering = jobKind({
  label: "Rendering",
  isRated: true,
  isLive: false,
  fields: {
    frames: count("Parts that are rendered on their own", { unit: "frames", min: 1, max: 10_000 }).pipe(or(24)),
    frameSigma: quantity("Spread of the work of frames", { unit: "sigma of the logarithm", min: 0, max: 3 }).pipe(or(0.3)),
    retriesMax: count("Times that a frame is rendered again before the buyer gives up", { unit: "retries", min: 0, max: 10_000 }).pipe(
      or(100),
    ),
  },
  afterFailure: ({ retriesMax }, { workHoursPerGpu, restarts }) =>
    restarts >= retriesMax ? undefined : { workHoursPerGpu, setupHours: 0 },
})
