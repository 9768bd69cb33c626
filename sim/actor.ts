import type { AnyAgentKind } from "./agent.ts"
import { newcomers } from "./faults/newcomers.ts"
import { resolve } from "./quantity.ts"
import { type Rng, stream } from "./rng.ts"
import type { Scenario } from "./scenario.ts"
import { compareIds } from "./sequence.ts"

/** One agent on the stage: its kind, its own parameters, its own random streams. */
export interface Actor {
  readonly id: string
  readonly kind: string
  readonly group: string
  readonly agent: AnyAgentKind
  readonly params: Readonly<Record<string, unknown>>
  readonly rng: (purpose: string) => Rng
}

export type AgentRegistry = Readonly<Record<string, AnyAgentKind>>

/** All agents of a run, sorted by id, so that the order of groups in the file changes nothing. */
export const cast = (scenario: Scenario, registry: AgentRegistry, seed: string): ReadonlyArray<Actor> =>
  [...scenario.agents, ...newcomers(scenario)]
    .flatMap(({ kind, id: group, count, ...params }) =>
      Array.from({ length: count }, (_, index): Actor => {
        const id = `${group}-${String(index + 1).padStart(String(count).length, "0")}`
        const agent = registry[kind]!
        const rng = namedStreams(seed, id)
        return { id, kind, group, agent, params: resolve(agent.fields, params, rng), rng }
      }).flatMap((owner) => namesOf(owner, seed)),
    )
    .sort((a, b) => compareIds(a.id, b.id))

/**
 * The names under which one owner's GPUs are registered: as many agents, who share its parameters and its draws, and so its mind, and each have a
 * part of its GPUs.
 */
const namesOf = (owner: Actor, seed: string): ReadonlyArray<Actor> => {
  const names = Number(owner.params["identities"] ?? 1)
  if (names === 1) return [owner]
  const gpus = Number(owner.params["gpuCount"])
  return Array.from({ length: names }, (_, index): Actor => {
    const gpuCount = Math.floor(gpus / names) + (index < gpus % names ? 1 : 0)
    const id = `${owner.id}.${String(index + 1).padStart(String(names).length, "0")}`
    return { ...owner, id, params: { ...owner.params, gpuCount }, rng: namedStreams(seed, owner.id) }
  })
}

/** Streams of one owner by purpose, made on first use and then continued. */
export const namedStreams = (seed: string, owner: string): ((purpose: string) => Rng) => {
  const streams = new Map<string, Rng>()
  return (purpose) => {
    const known = streams.get(purpose)
    if (known !== undefined) return known
    const made = stream(seed, owner, purpose)
    streams.set(purpose, made)
    return made
  }
}

/** Whether a provider claims work of machines that do not exist, guesses results, or can cheat otherwise: known to the experiment, never to a contract. */
export const isCheating = ({ params }: Actor): boolean =>
  Number(params["phantomShare"] ?? 0) > 0 || Number(params["guessedShare"] ?? 0) > 0 || isFraudulent(params["fraud"])

const isFraudulent = (fraud: unknown): boolean =>
  typeof fraud === "object" && fraud !== null && (fraud as { readonly kind: string }).kind !== "none"

/** Whether it cheats in some epochs and not in others. */
export const isWavering = ({ params }: Actor): boolean =>
  isFraudulent(params["fraud"]) && (params["fraud"] as { readonly choice: string }).choice === "bestResponse"
