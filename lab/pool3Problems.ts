import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

export const pool3Problems = (scenario: Scenario): ReadonlyArray<Problem> => [...poolProblems(scenario), ...providerProblems(scenario)]

/** Pools that cannot stand beside each other: the factory knows a pool by its two coins and its fee. */
const poolProblems = ({ protocols: { pool, pools3, token } }: Scenario): ReadonlyArray<Problem> =>
  pools3.flatMap((own, index) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "pools3", index, key], message })
    const earlier = pools3.slice(0, index)
    const tokens = (own.treasuryUsd * pool.tokens) / pool.usd
    return [
      ...(earlier.some(({ id }) => id === own.id) ? [at("id", `the id ${own.id} is taken by an earlier pool; ids must differ`)] : []),
      ...(own.id === "main" ? [at("id", "main is the Uniswap v2 pool; take another id")] : []),
      ...(earlier.some(({ feePips }) => feePips === own.feePips)
        ? [at("feePips", `an earlier pool has the fee ${own.feePips}; of each fee there is one pool`)]
        : []),
      ...(tokens > token.genesisTokens
        ? [at("treasuryUsd", `at the main pool's price as much in tokens is ${Math.ceil(tokens)}, more than exist`)]
        : []),
    ]
  })

/** Providers of ranges in a pool that is not there. */
const providerProblems = ({ agents, protocols: { pools3 } }: Scenario): ReadonlyArray<Problem> => {
  const known = pools3.map(({ id }) => id)
  return agents.flatMap((group, index) => {
    const { kind, pool } = group as typeof group & { readonly pool?: string }
    if (kind !== "rangeProvider" || pool === undefined || known.includes(pool)) return []
    const hint = suggestion(pool, known) || (known.length > 0 ? `; known are ${known.join(", ")}` : "; protocols.pools3 names none")
    return [{ path: ["agents", index, "pool"], message: `unknown pool ${JSON.stringify(pool)}${hint}` }]
  })
}
