import type { Fact } from "../ledger.ts"
import { grossMicros } from "../protocols/market.ts"

/** What each provider's buyers have paid out of escrow in the open epoch, fees included: by provider, then by buyer. */
export type Takings = ReadonlyMap<string, ReadonlyMap<string, bigint>>

export const noTakings: Takings = new Map()

export const addTakings = (before: Takings, facts: ReadonlyArray<Fact>): Takings => {
  const next = new Map(before)
  for (const fact of facts) {
    if (fact.kind !== "market.completed" && fact.kind !== "market.released") continue
    const payers = next.get(fact.provider)
    next.set(fact.provider, new Map(payers).set(fact.agent, (payers?.get(fact.agent) ?? 0n) + grossMicros(fact)))
  }
  return next
}

export const takenMicros = (takings: Takings, provider: string): bigint => {
  let sum = 0n
  for (const micros of takings.get(provider)?.values() ?? []) sum += micros
  return sum
}
