import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

export const pool3Problems = (scenario: Scenario): ReadonlyArray<Problem> => [
  ...poolProblems(scenario),
  ...sourceProblems(scenario),
  ...providerProblems(scenario),
]

/** Pools that cannot stand beside each other: the factory of v3 knows a pool by its two coins and its fee. */
const poolProblems = ({ protocols: { pool, pools3, token } }: Scenario): ReadonlyArray<Problem> =>
  pools3.flatMap((own, index) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "pools3", index, key], message })
    const earlier = pools3.slice(0, index)
    const tokens = (own.treasuryUsd * pool.tokens) / pool.usd
    return [
      ...(earlier.some(({ id }) => id === own.id) ? [at("id", `the id ${own.id} is taken by an earlier pool; ids must differ`)] : []),
      ...(own.id === "main" ? [at("id", "main is the Uniswap v2 pool; take another id")] : []),
      ...(own.hook === undefined && earlier.some(({ feePips, hook }) => hook === undefined && feePips === own.feePips)
        ? [at("feePips", `an earlier pool has the fee ${own.feePips}; of each fee there is one pool`)]
        : []),
      ...(own.hook !== undefined && own.hook.feePipsMax < own.feePips
        ? [at("hook", `feePipsMax ${own.hook.feePipsMax} is less than the fee ${own.feePips} that it begins with`)]
        : []),
      ...(tokens > token.genesisTokens
        ? [at("treasuryUsd", `at the main pool's price as much in tokens is ${Math.ceil(tokens)}, more than exist`)]
        : []),
    ]
  })

/** A v4 pool remembers no prices. */
const sourceProblems = ({ protocols: { pools3, priceSource } }: Scenario): ReadonlyArray<Problem> =>
  priceSource.kind === "mean" && pools3.some(({ id, hook }) => id === priceSource.pool && hook !== undefined)
    ? [{ path: ["protocols", "priceSource", "pool"], message: `pool ${priceSource.pool} has a hook and no mean price; take one without` }]
    : []

/** Providers of ranges in a pool that is not there, or just in time where positions are not numbered by the manager of v3. */
const providerProblems = ({ agents, protocols: { pools3 } }: Scenario): ReadonlyArray<Problem> => {
  const known = pools3.map(({ id }) => id)
  const hooked = new Set(pools3.flatMap(({ id, hook }) => (hook === undefined ? [] : [id])))
  return agents.flatMap((group, index) => {
    const { kind, pool, strategy } = group as typeof group & { readonly pool?: string; readonly strategy?: { readonly kind: string } }
    if (kind !== "rangeProvider" || pool === undefined) return []
    if (hooked.has(pool) && strategy?.kind === "justInTime")
      return [{ path: ["agents", index, "pool"], message: `justInTime works in pools without a hook, and ${pool} has one` }]
    if (known.includes(pool)) return []
    const hint = suggestion(pool, known) || (known.length > 0 ? `; known are ${known.join(", ")}` : "; protocols.pools3 names none")
    return [{ path: ["agents", index, "pool"], message: `unknown pool ${JSON.stringify(pool)}${hint}` }]
  })
}
