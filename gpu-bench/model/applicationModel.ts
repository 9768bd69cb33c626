import type { Resource, Workload } from "../workload.ts"

/** What may hold a card up. */
export type Binding = Resource | "memory"

/** What a card reaches in kernels that run for long: measured, or by its datasheet. */
export interface Card {
  readonly operationsPerSecond: Readonly<Record<Resource, number>>
  readonly bytesPerSecond: number
  readonly secondsPerLaunch: (cycles: number) => number
}

/** What the fit finds: the share of its roofline that each kind of work reaches, and the clock cycles that a launch costs. */
export interface Fit {
  readonly efficiency: Readonly<Record<string, number>>
  readonly cyclesPerLaunch: number
}

/** What the work of a unit waits for on a card. */
export const bindingOf = ({ operations, bytes, resource }: Workload, { operationsPerSecond, bytesPerSecond }: Card): Binding =>
  operations / operationsPerSecond[resource] > bytes / bytesPerSecond ? resource : "memory"

/** Units in the time in which the published figure counts them: time = max(operations / F, bytes / B) / efficiency + launches x t. */
export const rateOf = (workload: Workload, card: Card, { efficiency, cyclesPerLaunch }: Fit): number => {
  const { kind, operations, bytes, launches, resource, rateSeconds = 1 } = workload
  const roofline = Math.max(operations / card.operationsPerSecond[resource], bytes / card.bytesPerSecond)
  return rateSeconds / (roofline / (efficiency[kind] ?? 1) + launches * card.secondsPerLaunch(cyclesPerLaunch))
}
