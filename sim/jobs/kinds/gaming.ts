import { or, quantity } from "../../quantity.ts"
import { jobKind } from "./jobKind.ts"

/** A live session near its player. What breaks off is over. */
export const gaming = jobKind({
  label: "Cloud gaming",
  isRated: false,
  isLive: true,
  fields: {
    latencyMsMax: quantity("Longest round trip that can be played with", { unit: "ms", min: 1, max: 10_000 }).pipe(or(60)),
    rateMin: quantity("Slowest hardware that will do, by its figure for gaming in the profiles", { unit: "times", min: 0, max: 100 }).pipe(
      or(0.3),
    ),
  },
  canServe: ({ latencyMsMax, rateMin }, rate, roundTripMs) => rate >= rateMin && roundTripMs <= latencyMsMax,
  afterFailure: () => undefined,
})
