import { Schema } from "effect"
import { gaming } from "./gaming.ts"
import { inference } from "./inference.ts"
import type { JobKindTerms } from "./jobKind.ts"
import { rendering } from "./rendering.ts"
import { science } from "./science.ts"
import { training } from "./training.ts"

/** Every kind of work by the name that scenarios and hardware profiles use. */
export const kinds = { training, inference, rendering, gaming, science } satisfies Readonly<Record<string, JobKindTerms>>

export type JobKind = keyof typeof kinds
export const jobKinds = Object.keys(kinds) as ReadonlyArray<JobKind>
export const JobKind = Schema.Literals(jobKinds)
