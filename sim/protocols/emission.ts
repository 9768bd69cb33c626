import type { Schema } from "effect"

/** The emission controller: mints once an epoch what its model says, to the reward distributor. */
export interface View {
  readonly emittedWei: bigint
}

export type Fact = { readonly kind: "emissions.released"; readonly epoch: number; readonly amountWei: bigint }

/** What the contracts know when an epoch's emission is released. */
export interface Signals {
  /** Supply before the release. */
  readonly supplyWei: bigint
  /** Burned since the release before, slashed stakes included. */
  readonly burnedWei: bigint
  /** Stake in the provider registry. */
  readonly bondedWei: bigint
  /** Work of the epoch that the oracle verified. */
  readonly verifiedMillis: bigint
  /** GPUs of active providers times the hours of an epoch, in thousandths. */
  readonly capacityMillis: bigint
}

/** How an epoch's emission is found: the exact twin of one contract of `chain/emissions/models`. */
export interface EmissionModel<
  Fields extends Schema.Struct.Fields = Schema.Struct.Fields,
  Terms extends object = object,
  State extends object = object,
> {
  /** Parameters of the scenario, but for `kind`. */
  readonly fields: Fields
  /** Those parameters that are amounts of tokens, which `scale` of a preset multiplies. */
  readonly tokenKeys: ReadonlyArray<keyof Fields & string>
  /** The constructor's arguments, by their names there and in smallest units. `epochCount` is how many epochs the run has. */
  readonly terms: (params: Schema.Struct<Fields>["Type"], epochCount: number) => Terms
  /** What the contract remembers before the first release. */
  readonly open: (terms: Terms) => State
  readonly release: (terms: Terms, state: State, epoch: number, signals: Signals) => { readonly amountWei: bigint; readonly state: State }
}

/** Ties the types of one kind together; what is asked of any kind forgets them again. */
export const emissionModel = <const Fields extends Schema.Struct.Fields, Terms extends object, State extends object>(
  model: EmissionModel<Fields, Terms, State>,
): EmissionModel<Fields, Terms, State> => model

const nothing = {}

/** A model without memory: the amount follows from the epoch and the signals alone. */
export const statelessModel = <const Fields extends Schema.Struct.Fields, Terms extends object>({
  amountWei,
  ...model
}: Pick<EmissionModel<Fields, Terms>, "fields" | "tokenKeys" | "terms"> & {
  readonly amountWei: (terms: Terms, epoch: number, signals: Signals) => bigint
}) =>
  emissionModel<Fields, Terms, object>({
    ...model,
    open: () => nothing,
    release: (terms, state, epoch, signals) => ({ amountWei: amountWei(terms, epoch, signals), state }),
  })
