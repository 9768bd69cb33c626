import type { Action } from "../../sim/protocols/token.ts"
import type { Adapters } from "../adapter.ts"
import { networkToken } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"

const transfer = callOf(networkToken.abi, "transfer")
const transferred = topicOf(networkToken.abi, "Transfer")

export const adapters: Adapters<Action> = {
  "token.transfer": {
    to: "token",
    gas: 150_000,
    encode: ({ to, amountWei }, { accounts }) => transfer(accounts.word(to), word(amountWei)),
    facts: {
      [transferred]: ({ topics, data }, { accounts }, agent) => ({
        kind: "token.transferred",
        agent,
        to: accounts.idOf(topics[2]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
}
