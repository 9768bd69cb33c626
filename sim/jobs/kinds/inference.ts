import { exp } from "../../maths.ts"
import { count, or, quantity } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/**
 * A stream of short requests, kept up as one session. Each GPU works off its part of the stream as a queue of one server (M/M/1, whose time in the
 * system is exponential), so slow hardware and far regions answer too late. A failure moves the stream: what was answered is answered.
 */
export const inference = jobKind({
  label: "AI inference",
  isRated: true,
  isLive: false,
  fields: {
    latencyMsMax: quantity("Answers later than this are of no use", { unit: "ms", min: 1, max: 1e6 }).pipe(or(1_000)),
    requestMs: quantity("Time that the reference GPU needs for a request", { unit: "ms", min: 0.01, max: 1e6 }).pipe(or(100)),
    loadShare: quantity("Requests that come, of those that the reference GPU could answer at most", {
      unit: "share",
      min: 0,
      max: 10,
    }).pipe(or(0.6)),
    lateShareMax: quantity("Hardware on which more answers than this are late is not taken", { unit: "share", min: 0, max: 1 }).pipe(
      or(0.2),
    ),
    restartHours: quantity("Loading the model elsewhere", { unit: "hours", min: 0, max: 100 }).pipe(or(0.05)),
    restartsMax: count("Moves before the buyer gives up", { unit: "restarts", min: 0, max: 10_000 }).pipe(or(100)),
  },
  canServe: (params, rate, roundTripMs) => lateShare(params, rate, roundTripMs) <= params.lateShareMax,
  lateShare: (params, rate, roundTripMs) => lateShare(params, rate, roundTripMs),
  afterFailure: ({ restartHours, restartsMax }, { workHoursPerGpu, setupHours, hours, rate, restarts }) =>
    restarts >= restartsMax
      ? undefined
      : { workHoursPerGpu: workHoursPerGpu - Math.min(Math.max(0, hours - setupHours) * rate, workHoursPerGpu), setupHours: restartHours },
})

/** P(time in the system > what the way leaves) of an M/M/1 queue; 1 where the queue grows for ever. */
const lateShare = (
  { latencyMsMax, requestMs, loadShare }: { readonly latencyMsMax: number; readonly requestMs: number; readonly loadShare: number },
  rate: number,
  roundTripMs: number,
): number => {
  const sparePerMs = (rate - loadShare) / requestMs
  const leftMs = latencyMsMax - roundTripMs
  return sparePerMs <= 0 || leftMs <= 0 ? 1 : exp(-sparePerMs * leftMs)
}
