import type { Actor } from "../actor.ts"
import { type JobKind, jobKinds, type JobTerms } from "./kinds/index.ts"

/** The kinds of jobs that any buyer asks for with a character of their own. */
export const charactersIn = (actors: ReadonlyArray<Actor>): ReadonlyArray<JobKind> => {
  const known = cast.get(actors)
  if (known !== undefined) return known
  const named = new Set(actors.flatMap(({ agent, params }) => (agent.role === "buyer" ? [kindIn(params["job"])] : [])))
  const kinds = jobKinds.filter((kind) => named.has(kind))
  cast.set(actors, kinds)
  return kinds
}

const kindIn = (job: unknown): JobKind | undefined => (typeof job === "object" && job !== null ? (job as JobTerms).kind : undefined)

/** The cast of a run does not change, and is large. */
const cast = new WeakMap<ReadonlyArray<Actor>, ReadonlyArray<JobKind>>()
