import { ln } from "../maths.ts"
import { metric } from "../metric.ts"

/** Milionis, Moallemi, Roughgarden and Zhang 2022: a constant product loses an eighth of its value times the variance, whatever its fee. */
export const lvrClosedFormShare = metric({
  label: "Loss versus rebalancing by the closed form",
  unit: "share",
  description:
    "An eighth of the squared changes of the logarithm of the outside price, summed since the start: the share that a full range must lose",
  daily: "last",
  of: ({ before, after, previous }) => {
    const step = ln(Number(after.venue.priceMicros) / Number(before.venue.priceMicros))
    return (previous?.["lvrClosedFormShare"] ?? 0) + (step * step) / 8
  },
})
