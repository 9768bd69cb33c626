import { Schema } from "effect"
import { coverage } from "./coverage.ts"
import { gaming } from "./gaming.ts"
import { inference } from "./inference.ts"
import type { AnyJobKind } from "./jobKind.ts"
import { metering } from "./metering.ts"
import { rendering } from "./rendering.ts"
import { science } from "./science.ts"
import { storage } from "./storage.ts"
import { training } from "./training.ts"

/** Every kind of work by the name that scenarios and hardware profiles use. */
export const kinds = { training, inference, rendering, gaming, science, storage, coverage, metering } satisfies Readonly<
  Record<string, AnyJobKind>
>

export type JobKind = keyof typeof kinds
export const jobKinds = Object.keys(kinds) as ReadonlyArray<JobKind>
export const JobKind = Schema.Literals(jobKinds)

type TermsOf<Kind extends JobKind> = { readonly kind: Kind } & Schema.Struct<(typeof kinds)[Kind]["fields"]>["Type"]

/** What a job asks for beyond its hardware, as its kind says it. */
export type JobTerms = { readonly [Kind in JobKind]: TermsOf<Kind> }[JobKind]

/** A kind by its name, whose jobs are plain (they die when their site breaks); or with the character of its kind. */
export const JobSchema = Schema.Union([
  JobKind,
  ...jobKinds.map((kind) => Schema.Struct({ kind: Schema.Literal(kind), ...kinds[kind].fields })),
]) as unknown as Schema.Codec<JobKind | JobTerms, JobKind | { readonly kind: JobKind }>

/** The kind's own rules, for terms of whatever kind. */
export const kindOf = (kind: JobKind): AnyJobKind => kinds[kind]
