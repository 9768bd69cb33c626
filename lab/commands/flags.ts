import { Config, Option, Schema } from "effect"
import { Argument, Flag } from "effect/cli"
import { Id } from "../../sim/id.ts"
import { ShardText } from "../sweep/shard.ts"

/** Flags and arguments that several commands share. */

export const json = Flag.Boolean("json").pipe(Flag.withDescription("Print one JSON document on stdout"), Flag.withDefault(false))

export const out = Flag.String("out").pipe(
  Flag.withMetavar("DIR"),
  Flag.withDescription("Directory of the results (default: results)"),
  Flag.withDefault("results"),
)

export const workers = Flag.Int("workers").pipe(
  Flag.withMetavar("N"),
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_024 }, { expected: "a whole number from 1 to 1024" }))),
  Flag.withDescription("Runs at the same time (default: one a core)"),
  Flag.optional,
)

export const seeds = Flag.Int("seeds").pipe(
  Flag.withMetavar("N"),
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 }, { expected: "a whole number from 1 to 100000" }))),
  Flag.withDescription("Run seeds 1 to N (default: as many as the scenario says)"),
  Flag.optional,
)

export const seed = Flag.String("seed").pipe(
  Flag.withMetavar("S"),
  Flag.withSchema(Id),
  Flag.withDescription("One seed: lower-case letters, digits and hyphens"),
)

export const fragments = Flag.String("with").pipe(
  Flag.withMetavar("FRAGMENT"),
  Flag.withDescription("A file of faults, e.g. scenarios/faults/region-outage.yaml, to add to the scenario; may be given again"),
  Flag.atMost(16),
)

export const database = Flag.String("database").pipe(
  Flag.withMetavar("URL"),
  Flag.withDescription(
    "postgres://…: share the work and the results with other machines (or DEPINLAB_DATABASE, which no process list shows)",
  ),
  Flag.withFallbackConfig(Config.String("DEPINLAB_DATABASE")),
  Flag.optional,
)

export const shard = Flag.String("shard").pipe(
  Flag.withMetavar("I/N"),
  Flag.withSchema(ShardText),
  Flag.withDescription("Execute only every N-th run, from the I-th on (0 to N-1); lab merge brings the shards together"),
  Flag.optional,
)

export const scenarioFile = Argument.String("scenario").pipe(Argument.withDescription("A scenario file, YAML or JSON"))

/** How much of something a benchmark does. */
export const countOf = (name: string, usual: number, words: string, min = 1) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: min, maximum: 100_000 }, { expected: `a whole number from ${min}` }))),
    Flag.withDescription(`${words} (default: ${usual})`),
    Flag.withDefault(usual),
  )

/** A flag that may be left out, as an object to spread: exact optional properties know no undefined. */
export const given = <K extends string, A>(key: K, value: Option.Option<A>): { readonly [P in K]?: A } =>
  Option.isSome(value) ? ({ [key]: value.value } as { readonly [P in K]: A }) : {}
