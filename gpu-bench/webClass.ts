import { type Datasheet, datasheets, peaksOf } from "./datasheet.ts"
import { demandOf, kernelOf } from "./kernel.ts"
import type { KernelResult } from "./result.ts"

/**
 * Which card plain WGSL tells apart: memory, f32 and integer arithmetic. It has no tensor cores, so their rates say nothing here, and its
 * figures are never mixed with CUDA's. `expectedShare` is what such a kernel is taken to reach of the datasheet's peak, assumed until a card
 * was measured: the hash has few multiplications with an addition, which the integer peak counts as two.
 */
const probes = [
  { kernel: "triad", amount: "bytes", peak: "bytes", expectedShare: 0.85 },
  { kernel: "fma", amount: "flop", peak: "f32", expectedShare: 0.85 },
  { kernel: "hash", amount: "flop", peak: "int32", expectedShare: 0.5 },
] as const

/** Root mean square of the logarithms of found over expected: beyond a factor of 1.5 no card is near. */
const distanceMax = Math.log(1.5)
/** Cards that are a tenth farther away than the nearest cannot be told from it. */
const distanceSlack = Math.log(1.1)

export interface NearCard {
  readonly sheet: Datasheet
  /** The class of `profiles.json` that it would be, where there is one. */
  readonly profile: string
  readonly distance: number
}

/** Operations or bytes a second of the kernels that tell cards apart, by kernel. */
export type ProbeRates = Readonly<Record<(typeof probes)[number]["kernel"], number>>

/** The rates that results hold; undefined where a kernel is missing, wrong, or was not timed. */
export const probeRatesOf = (results: ReadonlyArray<KernelResult>): ProbeRates | undefined => {
  const rates = probes.flatMap(({ kernel, amount }) => {
    const found = results.find((result) => result.kernel === kernel && result.isRight)
    const seconds = (found?.regimes[0]?.medianMs ?? 0) / 1_000
    return found !== undefined && seconds > 0 ? [[kernel, demandOf(kernelOf(kernel), found.size)[amount] / seconds] as const] : []
  })
  return rates.length === probes.length ? (Object.fromEntries(rates) as ProbeRates) : undefined
}

/** The nearest card by rates and those that cannot be told from it, nearest first; none where no card is near. */
export const nearCards = (rates: ProbeRates): ReadonlyArray<NearCard> => {
  const byDistance = datasheets
    .map((sheet) => ({ sheet, profile: sheet.standsFor ?? sheet.id, distance: distanceTo(sheet, rates) }))
    .toSorted((a, b) => a.distance - b.distance)
  const nearest = byDistance[0]!.distance
  return byDistance.filter(({ distance }) => distance <= distanceMax && distance <= nearest + distanceSlack)
}

const distanceTo = (sheet: Datasheet, rates: ProbeRates): number => {
  const peaks = peaksOf(sheet)
  const squares = probes.map(({ kernel, peak, expectedShare }) => {
    const ratio = Math.log(rates[kernel] / (expectedShare * peaks[peak]))
    return ratio * ratio
  })
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}
