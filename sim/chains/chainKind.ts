import type { Schema } from "effect"
import { usualTipWei } from "../agent.ts"
import type { Moment } from "../clock.ts"
import type { Meter } from "../fees/meter.ts"
import type { Ethereum } from "../markets/ethereum.ts"
import { or, quantity } from "../quantity.ts"
import type { Rng } from "../rng.ts"
import { gweiToWei } from "../units.ts"

/** What moves a chain's prices in one tick. */
export interface Tide {
  readonly now: Moment
  /** Gas of the simulated network in the tick before. */
  readonly ownGas: bigint
  readonly rng: (purpose: string) => Rng
}

/** What a chain's prices lean on. */
export interface Surroundings {
  readonly ethereum: Ethereum
  /** Price of the network token, in micro-dollars. */
  readonly tokenMicros: bigint
}

/** What a chain asks for a transaction whose bid is so high, in yocto-dollars. */
export type PriceList = (meter: Meter, tipWei: bigint) => bigint

/** A kind of chain: its parameters, its own markets, and what it asks. */
export interface ChainKind<F extends Schema.Struct.Fields, State> {
  readonly fields: F
  readonly open: (params: Schema.Struct<F>["Type"]) => State
  readonly step: (params: Schema.Struct<F>["Type"], state: State, tide: Tide) => State
  readonly prices: (params: Schema.Struct<F>["Type"], state: State, surroundings: Surroundings) => PriceList
  /** What the chain costs its protocol whoever uses it. */
  readonly fixedUsdPerDay?: (params: Schema.Struct<F>["Type"]) => number
}

export const chainKind = <const F extends Schema.Struct.Fields, State>(kind: ChainKind<F, State>): ChainKind<F, State> => kind

/** A kind without markets of its own. */
export const stateless = { open: () => null, step: () => null }

export const tipField = (gwei: number) => ({
  tipGwei: quantity("What an ordinary bid for a place pays above the base fee; a bid of k times the ordinary pays k times it", {
    unit: "gwei",
    min: 0,
    max: 1e6,
  }).pipe(or(gwei)),
})

/** Orders bid in multiples of the usual tip; what that is in a chain's coin is the chain's affair. Rounded down. */
export const tipOn = (tipGwei: number, tipWei: bigint): bigint => (gweiToWei(tipGwei) * tipWei) / usualTipWei
