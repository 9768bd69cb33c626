import type { Fact } from "../ledger.ts"
import { exp, ln } from "../maths.ts"
import { or, quantity } from "../quantity.ts"
import type { JobsOutcome } from "./job.ts"

/** How long a network remembers, and what it holds against a provider. */
export const memoryFields = {
  halfLifeDays: quantity("Time in which half of the memory fades", { unit: "days", min: 0.1, max: 10_000 }).pipe(or(30)),
  slashCount: quantity("Failed jobs that a slash counts for", { unit: "jobs", min: 0, max: 10_000 }).pipe(or(20)),
}

export interface Record {
  readonly good: number
  readonly bad: number
}

/** Jobs that providers did and broke, the older ones counting for less. */
export type Reputations = ReadonlyMap<string, Record>

/** The mean of a beta distribution that begins flat (Josang and Ismail 2002): a half for a stranger, and never quite 0 or 1. */
export const reputationOf = (reputations: Reputations, provider: string): number => {
  const { good, bad } = reputations.get(provider) ?? stranger
  return (good + 1) / (good + bad + 2)
}

const stranger: Record = { good: 0, bad: 0 }

/** What a tick adds to it. */
export const learn = (
  before: Reputations,
  { halfLifeDays, slashCount }: { readonly halfLifeDays: number; readonly slashCount: number },
  days: number,
  { completed, failed }: Pick<JobsOutcome, "completed" | "failed">,
  facts: ReadonlyArray<Fact>,
): Reputations => {
  const keep = exp((-ln(2) * days) / halfLifeDays)
  const next = new Map<string, Record>()
  for (const [provider, { good, bad }] of before) next.set(provider, { good: good * keep, bad: bad * keep })
  const add = (provider: string, good: number, bad: number) => {
    const known = next.get(provider) ?? stranger
    next.set(provider, { good: known.good + good, bad: known.bad + bad })
  }
  for (const { provider } of completed) add(provider, 1, 0)
  for (const { provider } of failed) add(provider, 0, 1)
  for (const fact of facts) if (fact.kind === "registry.slashed" || fact.kind === "registry.seized") add(fact.provider, 0, slashCount)
  return next
}
