import type { Actor } from "../actor.ts"
import type { Scenario } from "../scenario.ts"

/** Whether a scenario is about proofs of work: it checks at random, has terms for slashes, or providers that can cheat by the modules of `agents/fraud`. */
export const hasProofs = ({ spotChecks, registry }: Scenario["protocols"], actors: ReadonlyArray<Actor>): boolean =>
  spotChecks !== undefined || registry.slashing !== undefined || actors.some(({ params }) => params["fraud"] !== undefined)
