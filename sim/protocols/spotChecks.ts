import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"

/**
 * Random checks of work: providers commit to the results of an epoch's chunks, a beacon that nobody knew before draws who is visited, by which
 * checker, and which chunks; the checker does these again. Only work that was committed to and not found wrong earns a reward.
 */
export const Params = Schema.Struct({
  chunks: count("Pieces into which a provider's work of an epoch is cut", { unit: "chunks", min: 1, max: 1_024 }),
  visitShare: quantity("Chance that a provider is visited in an epoch", { unit: "share", min: 0, max: 1 }),
  chunkShare: quantity("Chance that a chunk of a visited provider is checked", { unit: "share", min: 0, max: 1 }),
  deadlineSlackShare: quantity("Time for the chunks beyond what the claimed class needs; slower or shared hardware hides in it", {
    unit: "share",
    min: 0,
    max: 10,
  }).pipe(or(0)),
  slashBps: count("Share of the stake that a wrong chunk costs", { unit: "basis points", min: 0, max: 10_000 }),
  falseAcceptShare: quantity("Chance that a checker takes a wrong result for right", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  falseRejectShare: quantity("Chance that a checker takes a right result for wrong", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
})
export type Params = typeof Params.Type

/** Ticks of an epoch in which the last one is closed, with spot checks: commitments, beacon and reports, accusations, and the end. */
export const checkedTicks = 4

/** Chances of the contract count in 2^-32. */
const CERTAIN = 4_294_967_296

/** What the contract is made with. */
export const spotCheckTerms = ({ chunks, visitShare, chunkShare, slashBps }: Params) => ({
  chunkCount: chunks,
  visitChance: BigInt(Math.round(visitShare * CERTAIN)),
  chunkChance: BigInt(Math.round(chunkShare * CERTAIN)),
  slashBps,
})

/** What the last beacon drew for a provider. */
export interface Visit {
  readonly checker: string
  readonly chunks: ReadonlyArray<number>
}

export interface View {
  /** Epochs below this one have a beacon. */
  readonly nextEpoch: number
  /** Providers whom the last beacon has visited, of those who committed to its epoch. */
  readonly visits: ReadonlyMap<string, Visit>
}

export const noSpotChecks: View = { nextEpoch: 0, visits: new Map() }

/** What opens a commitment: all results of an epoch's chunks, from which the adapter makes root and proofs. */
export type Results = ReadonlyArray<bigint>

export type Action =
  | { readonly kind: "spotChecks.commit"; readonly epoch: number; readonly results: Results }
  /** By the operator. */
  | { readonly kind: "spotChecks.postBeacon"; readonly epoch: number; readonly beacon: bigint }
  /** The provider's published results, and what the checker has got for the chunk. */
  | {
      readonly kind: "spotChecks.accuse"
      readonly provider: string
      readonly chunk: number
      readonly results: Results
      readonly resultAgain: bigint
    }
  | {
      readonly kind: "spotChecks.accuseOfCopy"
      readonly first: string
      readonly second: string
      readonly chunk: number
      readonly firstResults: Results
      readonly secondResults: Results
    }

export type Fact =
  | { readonly kind: "spotChecks.committed"; readonly agent: string; readonly epoch: number; readonly root: string }
  | { readonly kind: "spotChecks.beaconPosted"; readonly epoch: number }
  | {
      readonly kind: "spotChecks.convicted"
      readonly provider: string
      readonly checker: string
      readonly epoch: number
      readonly chunk: number
      readonly isCopy: boolean
    }

/** The operator's order: in the second tick of an epoch, the beacon for the one before, from the run's own random stream. */
export const beaconActions = (
  params: Params | undefined,
  { epoch, tickOfEpoch }: { readonly epoch: number; readonly tickOfEpoch: number },
  draw: () => number,
): ReadonlyArray<Action> => {
  if (params === undefined || tickOfEpoch !== 1 || epoch === 0) return []
  const beacon = Array.from({ length: 8 }, draw).reduce((word, part) => (word << 32n) | BigInt(Math.floor(part * CERTAIN)), 0n)
  return [{ kind: "spotChecks.postBeacon", epoch: epoch - 1, beacon }]
}
