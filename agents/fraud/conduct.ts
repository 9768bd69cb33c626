import type { Place } from "../../sim/proofs/place.ts"
import type { Results } from "../../sim/protocols/spotChecks.ts"

/** What is false about a provider's epoch. An honest one has nothing of it. */
export interface Conduct {
  /** Share of the registered GPUs that exist and run. */
  readonly realShare: number
  /** Class that they are of, and the region of whose electricity they live, where these are not the claimed ones. */
  readonly gpu?: string
  readonly region?: string
  readonly places?: { readonly claimed: Place; readonly real: Place }
  /** Cells, by their numbers, of which the devices are said to stand in one. */
  readonly claimedPlaces?: ReadonlyArray<number>
  /** What is published for the epoch's chunks where it is not what the work came to, and how many of them are wrong. */
  readonly publish?: (epoch: number, chunks: number) => Results
  readonly wrongChunks: (chunks: number) => number
  /** How many oracle nodes, as a share, get how much each in an epoch for looking away. */
  readonly bribedShare: number
  readonly bribeUsd: number
}

export const honestConduct: Conduct = { realShare: 1, wrongChunks: () => 0, bribedShare: 0, bribeUsd: 0 }

/** Who cheats, and with what hardware. */
export interface Cheat {
  readonly self: string
  readonly gpu: string
  /** Work of a GPU of a class in an hour. */
  readonly rated: (gpu: string) => number
  /** How much more time than the claimed class needs it has for its chunks. */
  readonly slackShare: number
}
