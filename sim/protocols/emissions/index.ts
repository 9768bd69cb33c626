import { Schema } from "effect"
import { fromWei, toWei } from "../../units.ts"
import type { EmissionModel, Signals } from "../emission.ts"
import { baseline } from "./baseline.ts"
import { bondingTarget } from "./bondingTarget.ts"
import { burnAndMint } from "./burnAndMint.ts"
import { decay } from "./decay.ts"
import { fixed } from "./fixed.ts"
import { formula } from "./formula.ts"
import { halving } from "./halving.ts"
import { netEmissionsCap } from "./netEmissionsCap.ts"
import { table } from "./table.ts"
import { utilisationPid } from "./utilisationPid.ts"

/** Every emission model by its kind. */
export const emissionModels = {
  fixed,
  decay,
  halving,
  netEmissionsCap,
  baseline,
  burnAndMint,
  bondingTarget,
  utilisationPid,
  formula,
  table,
}

type Models = typeof emissionModels
export type EmissionKind = keyof Models

/** Which model a scenario has, and its parameters. */
export const Params = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("fixed"), ...fixed.fields }),
  Schema.Struct({ kind: Schema.Literal("decay"), ...decay.fields }),
  Schema.Struct({ kind: Schema.Literal("halving"), ...halving.fields }),
  Schema.Struct({ kind: Schema.Literal("netEmissionsCap"), ...netEmissionsCap.fields }),
  Schema.Struct({ kind: Schema.Literal("baseline"), ...baseline.fields }),
  Schema.Struct({ kind: Schema.Literal("burnAndMint"), ...burnAndMint.fields }),
  Schema.Struct({ kind: Schema.Literal("bondingTarget"), ...bondingTarget.fields }),
  Schema.Struct({ kind: Schema.Literal("utilisationPid"), ...utilisationPid.fields }),
  Schema.Struct({ kind: Schema.Literal("formula"), ...formula.fields }),
  Schema.Struct({ kind: Schema.Literal("table"), ...table.fields }),
])
export type Params = typeof Params.Type

/** The arguments of a model's contract. */
export type EmissionTerms = {
  readonly [Kind in EmissionKind]: { readonly kind: Kind } & ReturnType<Models[Kind]["terms"]>
}[EmissionKind]

const modelOf = (kind: EmissionKind) => emissionModels[kind] as unknown as EmissionModel

/** Throws `FormulaInvalid` for a formula that is none, or gives no amount in one of the epochs. */
export const emissionTerms = ({ kind, ...params }: Params, epochCount: number): EmissionTerms =>
  ({ kind, ...modelOf(kind).terms(params as never, epochCount) }) as EmissionTerms

/** A model's contract as the twin has it: what it remembers now, and what it releases next. */
export interface Emission {
  readonly release: (epoch: number, signals: Signals) => { readonly amountWei: bigint; readonly next: Emission }
}

export const openEmission = (terms: EmissionTerms): Emission => {
  const model = modelOf(terms.kind)
  const at = (state: object): Emission => ({
    release: (epoch, signals) => {
      const released = model.release(terms, state, epoch, signals)
      return { amountWei: released.amountWei, next: at(released.state) }
    },
  })
  return at(model.open(terms))
}

/** What anybody can expect of the first epoch before there is a network: nothing is bonded, burned, or verified. */
export const firstEmissionTokens = (params: Params, genesisTokens: number): number => {
  const signals: Signals = { supplyWei: toWei(genesisTokens), burnedWei: 0n, bondedWei: 0n, verifiedMillis: 0n, capacityMillis: 0n }
  return fromWei(openEmission(emissionTerms(params, 1)).release(0, signals).amountWei)
}

/** The same model with all amounts of tokens multiplied. */
export const scaledEmission = (params: Params, factor: number): Params => {
  const { tokenKeys } = modelOf(params.kind)
  const scaled = (value: unknown): unknown => (Array.isArray(value) ? value.map(scaled) : Number(value) * factor)
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, tokenKeys.includes(key) ? scaled(value) : value])) as Params
}
