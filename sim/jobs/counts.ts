import { Schema } from "effect"

/** What an epoch's emission is shared out by. */
export const Counts = Schema.Literals(["capacity", "rented", "paid"]).annotate({
  description:
    "What rewards are shared out by: work hours that machines are on (`capacity`, the usual one), work hours that jobs ran (`rented`), or dollars that buyers paid through escrow (`paid`)",
})
export type Counts = typeof Counts.Type

export const countsOf = ({ oracle }: { readonly oracle: { readonly counts?: Counts } }): Counts => oracle.counts ?? "capacity"

/** What an hour that a GPU of a class is busy counts, at what buyers pay for it. */
export const countedPerBusyGpuHour = (counts: Counts, workHours: number, usdPerGpuHour: number): number =>
  counts === "paid" ? usdPerGpuHour : workHours
