import type { Action } from "../../sim/protocols/burn.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { burnEngine, voteLock } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { splitFacts } from "./taxFacts.ts"
import { bigintAt } from "../word.ts"

const execute = callOf(burnEngine.abi, "execute")()

/** Made by jobs that are paid in credits, too. */
export const executedFact: Readonly<Record<string, DecodeFact>> = {
  [topicOf(burnEngine.abi, "Executed")]: ({ data }) => ({
    kind: "burn.executed",
    spentMicros: bigintAt(data, 0),
    burnedWei: bigintAt(data, 1),
    keptWei: bigintAt(data, 2),
  }),
}

export const adapters: Adapters<Action> = {
  "burn.execute": {
    to: "burn",
    gas: 500_000,
    encode: () => execute,
    facts: {
      ...splitFacts,
      ...executedFact,
      [topicOf(voteLock.abi, "Distributed")]: ({ data }) => ({
        kind: "lock.distributed",
        amountMicros: bigintAt(data, 0),
        weightWei: bigintAt(data, 1),
      }),
    },
  },
}
