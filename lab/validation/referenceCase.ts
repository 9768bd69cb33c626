import { Effect, type Layer, Schema } from "effect"
import type { Genesis, Ledger, LedgerError } from "../../sim/ledger.ts"
import type { ScenarioInvalid } from "../dataFile.ts"

/** A number that anybody may set, with what it is when nobody does. */
export interface Parameter<A extends bigint | number = bigint | number> {
  readonly default: A
  readonly unit: string
  readonly description: string
  readonly min: A
  readonly max: A
}

export type Parameters = Readonly<Record<string, Parameter>>
export type Values<P extends Parameters> = { readonly [Name in keyof P]: P[Name]["default"] extends bigint ? bigint : number }

/** An average over independent seeds. */
export interface Estimate {
  readonly mean: number
  readonly standardError: number
}

/** Integers and words are compared exactly, floats to a relative precision, averages within 3.29 standard errors. */
export type Quantity = bigint | number | string | Estimate
export type Quantities = Readonly<Record<string, Quantity>>

/** One comparison of a number that we measured with one that somebody else published or that a formula gives. */
export interface Finding {
  readonly id: string
  readonly point: string
  readonly quantity: string
  readonly expected: string
  readonly measured: string
  readonly unit: string
  /** Relative; absolute where 0 is expected, or where the quantity says so. */
  readonly error: number
  /** Largest error that passes; 0 where only equality does. For an average: largest standard error, relative. */
  readonly precision: number
  readonly pass: boolean
}

/** What a case is measured on. */
export interface Services {
  readonly ledger: (genesis: Genesis) => Layer.Layer<Ledger, LedgerError>
  /** File with vectors to use instead of the committed ones. */
  readonly vectors?: string
}

/** A measurement that cannot be taken as asked. */
export class CaseInvalid extends Schema.TaggedError<CaseInvalid>()("CaseInvalid", {
  message: Schema.String,
}) {}

export type CaseError = LedgerError | CaseInvalid | ScenarioInvalid

/** Numbers that nobody here wrote, and how to get ours. */
export interface ReferenceCase {
  readonly id: string
  readonly title: string
  /** Who published the numbers. */
  readonly source: string
  readonly parameters: Parameters
  readonly readsVectors?: boolean
  /** Without settings: every published point. With settings: the defaults with those changes, against the case's own formula. */
  readonly run: (
    settings: Readonly<Record<string, bigint | number>>,
    services: Services,
  ) => Effect.Effect<ReadonlyArray<Finding>, CaseError>
}

export interface Terms<P extends Parameters> {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly parameters: P
  /** Unit and precision of each quantity; `absolute` for shares of a whole, whose small ones need no smaller error. */
  readonly quantities: Readonly<Record<string, { readonly unit: string; readonly precision: number; readonly absolute?: boolean }>>
  /** Points with the numbers of the source. Quantities that it does not give are taken from the formula. */
  readonly published: ReadonlyArray<{ readonly at: Partial<Values<P>>; readonly expected: Quantities }>
  /** The formula of the literature, written without the code that it is to check. */
  readonly expected: (values: Values<P>) => Quantities
  readonly measured: (values: Values<P>, services: Services) => Effect.Effect<Quantities, CaseError>
}

export const referenceCase = <const P extends Parameters>(terms: Terms<P>): ReferenceCase => {
  const defaults = Object.fromEntries(Object.entries(terms.parameters).map(([name, parameter]) => [name, parameter.default]))
  const findingsAt = (changes: Partial<Values<P>>, published: Quantities, services: Services) => {
    const values = { ...defaults, ...changes } as Values<P>
    const expected = { ...terms.expected(values), ...published }
    const point = Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")
    return Effect.map(terms.measured(values, services), (measured) =>
      Object.entries(measured).map(([quantity, value]) =>
        finding({ id: terms.id, point, quantity, ...terms.quantities[quantity]! }, expected[quantity]!, value),
      ),
    )
  }
  return {
    id: terms.id,
    title: terms.title,
    source: terms.source,
    parameters: terms.parameters,
    run: (settings, services) =>
      Object.keys(settings).length > 0
        ? findingsAt(settings as Partial<Values<P>>, {}, services)
        : Effect.map(
            Effect.forEach(terms.published, ({ at, expected }) => findingsAt(at, expected, services)),
            (findings) => findings.flat(),
          ),
  }
}

export const finding = (
  { absolute = false, ...head }: Pick<Finding, "id" | "point" | "quantity" | "unit" | "precision"> & { readonly absolute?: boolean },
  expected: Quantity,
  measured: Quantity,
): Finding => {
  const error = absolute ? Math.abs(Number(measured) - Number(expected)) : errorOf(expected, measured)
  return { ...head, expected: textOf(expected), measured: textOf(measured), error, pass: passes(expected, measured, error, head.precision) }
}

/** Two-sided 0.1 % of the normal distribution. */
const standardErrorsMax = 3.29

const passes = (expected: Quantity, measured: Quantity, error: number, precision: number): boolean => {
  if (typeof measured !== "object") return typeof expected === "number" ? error <= precision : expected === measured
  const scale = Math.abs(Number(expected))
  return error * scale <= standardErrorsMax * measured.standardError && measured.standardError <= precision * scale
}

const errorOf = (expected: Quantity, measured: Quantity): number => {
  if (typeof expected === "string" || typeof measured === "string") return expected === measured ? 0 : 1
  if (typeof expected === "bigint" && typeof measured === "bigint") {
    const off = Number(measured > expected ? measured - expected : expected - measured)
    return expected === 0n ? off : off / Math.abs(Number(expected))
  }
  const [e, m] = [numberOf(expected), numberOf(measured)]
  return e === 0 ? Math.abs(m) : Math.abs(m - e) / Math.abs(e)
}

const numberOf = (quantity: Exclude<Quantity, string>): number => (typeof quantity === "object" ? quantity.mean : Number(quantity))

const textOf = (quantity: Quantity): string =>
  typeof quantity === "object" ? `${quantity.mean} (standard error ${quantity.standardError})` : `${quantity}`

/** A parameter in smallest units or counts. */
export const integer = (
  unit: string,
  description: string,
  value: bigint,
  { min = 0n, max = 2n ** 112n - 1n }: { readonly min?: bigint; readonly max?: bigint } = {},
): Parameter<bigint> => ({ default: value, unit, description, min, max })

export const real = (
  unit: string,
  description: string,
  value: number,
  { min = 0, max = 1e300 }: { readonly min?: number; readonly max?: number } = {},
): Parameter<number> => ({ default: value, unit, description, min, max })
