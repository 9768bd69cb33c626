import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"

/** Pools that cannot stand beside each other: the factory knows a pool by its two coins and its fee. */
export const pool3Problems = ({ protocols: { pool, pools3, token } }: Scenario): ReadonlyArray<Problem> =>
  pools3.flatMap((own, index) => {
    const at = (key: string, message: string): Problem => ({ path: ["protocols", "pools3", index, key], message })
    const earlier = pools3.slice(0, index)
    const tokens = (own.treasuryUsd * pool.tokens) / pool.usd
    return [
      ...(earlier.some(({ id }) => id === own.id) ? [at("id", `the id ${own.id} is taken by an earlier pool; ids must differ`)] : []),
      ...(earlier.some(({ feePips }) => feePips === own.feePips)
        ? [at("feePips", `an earlier pool has the fee ${own.feePips}; of each fee there is one pool`)]
        : []),
      ...(tokens > token.genesisTokens
        ? [at("treasuryUsd", `at the main pool's price as much in tokens is ${Math.ceil(tokens)}, more than exist`)]
        : []),
    ]
  })
