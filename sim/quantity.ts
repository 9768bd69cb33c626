import { Effect, Schema } from "effect"
import { clamp } from "./maths.ts"
import type { Rng } from "./rng.ts"

interface Bounds {
  readonly unit: string
  readonly min: number
  readonly max: number
}

/** A number with a unit and bounds; the unit shows in error messages and in the JSON Schema. */
export const quantity = (description: string, { unit, min, max }: Bounds) =>
  Schema.Finite.check(Schema.isBetween({ minimum: min, maximum: max })).annotate({
    title: `${unit}, ${min} to ${max}`,
    description: `${description} [${unit}]`,
  })

/** A whole number with a unit and bounds. */
export const count = (description: string, { unit, min, max }: Bounds) =>
  Schema.Finite.check(Schema.isInt(), Schema.isBetween({ minimum: min, maximum: max })).annotate({
    title: `a whole number of ${unit}, ${min} to ${max}`,
    description: `${description} [${unit}]`,
  })

const Uniform = Schema.Struct({ kind: Schema.Literal("uniform"), low: Schema.Finite, high: Schema.Finite })
const Lognormal = Schema.Struct({
  kind: Schema.Literal("lognormal"),
  median: Schema.Finite.check(Schema.isGreaterThan(0)),
  sigma: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 3 })),
})

/** How a parameter differs between the agents of a group. */
export const Distribution = Schema.Union([Uniform, Lognormal])
export type Distribution = typeof Distribution.Type

/** A quantity that every agent of a group draws for itself: a plain number, or a distribution cut to the bounds. */
export const drawn = (description: string, bounds: Bounds) =>
  Schema.Union([quantity(description, bounds), Distribution]).annotate({
    title: `${bounds.unit}, ${bounds.min} to ${bounds.max}, or a distribution`,
    description: `${description} [${bounds.unit}]; a number, or { kind: uniform, low, high }, or { kind: lognormal, median, sigma }`,
    drawnWithin: [bounds.min, bounds.max],
  })

/** The value that stands when the key is left out. */
export const or =
  <S extends Schema.Top>(value: S["Encoded"]) =>
  (schema: S) =>
    schema.pipe(Schema.withDecodingDefaultKey(Effect.succeed(value)))

export const sample = (value: number | Distribution, rng: Rng): number => {
  if (typeof value === "number") return value
  switch (value.kind) {
    case "uniform":
      return rng.between(value.low, value.high)
    case "lognormal":
      return rng.lognormal(value.median, value.sigma)
  }
}

/** Params with every distribution replaced by a number. */
export type Resolved<P> = { readonly [K in keyof P]: Distribution extends P[K] ? Exclude<P[K], Distribution> : P[K] }

/**
 * One agent's own parameters: each distribution of the group is drawn from the agent's stream of that parameter's name, and cut to the
 * bounds of the schema, so that a change of one parameter leaves the others' draws alone.
 */
export const resolve = <Fields extends Schema.Struct.Fields, P extends object>(
  fields: Fields,
  params: P,
  rng: (purpose: string) => Rng,
): Resolved<P> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const bounds = (fields[key]?.ast.annotations as { drawnWithin?: readonly [number, number] } | undefined)?.drawnWithin
      if (bounds === undefined || typeof value === "number") return [key, value]
      return [key, clamp(sample(value as Distribution, rng(`param/${key}`)), bounds[0], bounds[1])]
    }),
  ) as Resolved<P>
