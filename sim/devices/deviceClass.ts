import type { Schema } from "effect"
import type { Rng } from "../rng.ts"

/** One provider's devices of a class in an epoch. */
export interface Deployed {
  readonly provider: string
  /** Unit hours that were really on, and those that a provider can say were: of the units on its books that are not there, too. */
  readonly onHours: number
  readonly claimableHours: number
  /** Where the units stand, and where the provider says that they do. */
  readonly place: string | undefined
  readonly claimedPlace: string | undefined
}

/** What a device's rules and proof make of its hours. */
export interface Proven {
  /** What an hour counts for, known to all: less than 1 where the network wants no more of it. */
  readonly scale: number
  /** Hours that an honest provider claims, and those that the proof shows to the oracles. */
  readonly dueHours: number
  readonly seenHours: number
}

/** A class of hardware that is no GPU: what of its work counts, and what oracles can see of it. */
export interface DeviceClass<Fields extends Schema.Struct.Fields = Schema.Struct.Fields, P = Schema.Struct<Fields>["Type"]> {
  readonly fields: Fields
  /** Where its units may stand; nowhere in particular where it is left out. */
  readonly places?: (rules: P) => ReadonlyArray<string>
  readonly prove: (
    rules: P,
    deployed: ReadonlyArray<Deployed>,
    epochHours: number,
    rng: (purpose: string) => Rng,
  ) => ReadonlyMap<string, Proven>
  /** What an hour of one more provider would count for, by place; 1 where it is left out. */
  readonly newcomerScales?: (rules: P, deployed: ReadonlyArray<Deployed>, epochHours: number) => ReadonlyMap<string, number>
}

export type AnyDeviceClass = DeviceClass<any, any>

export const deviceClass = <const Fields extends Schema.Struct.Fields>(terms: DeviceClass<Fields>): DeviceClass<Fields> => terms
