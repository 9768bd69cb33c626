import type { Action } from "../../sim/protocols/burn.ts"
import type { Adapters } from "../adapter.ts"
import { burnEngine } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt } from "../word.ts"

const execute = callOf(burnEngine.abi, "execute")()

export const adapters: Adapters<Action> = {
  "burn.execute": {
    to: "burn",
    gas: 350_000,
    encode: () => execute,
    facts: {
      [topicOf(burnEngine.abi, "Executed")]: ({ data }) => ({
        kind: "burn.executed",
        spentMicros: bigintAt(data, 0),
        burnedWei: bigintAt(data, 1),
      }),
    },
  },
}
