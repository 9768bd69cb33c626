import type { Action } from "../../sim/protocols/dollar.ts"
import type { Adapters } from "../adapter.ts"
import { dollar } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, textWord, word } from "../word.ts"

const transfer = callOf(dollar.abi, "transfer")
const mint = callOf(dollar.abi, "mint")
const redeem = callOf(dollar.abi, "redeem")

export const adapters: Adapters<Action> = {
  "dollar.transfer": {
    to: "dollar",
    gas: 150_000,
    encode: ({ to, amountMicros }, { accounts }) => transfer(accounts.word(to), word(amountMicros)),
    facts: {
      [topicOf(dollar.abi, "Transfer")]: ({ topics, data }, { accounts }, agent) => ({
        kind: "dollar.transferred",
        agent,
        to: accounts.idOf(topics[2]!),
        amountMicros: bigintAt(data, 0),
      }),
    },
  },
  "dollar.onRamp": {
    to: "dollar",
    gas: 150_000,
    sender: "issuer",
    encode: ({ amountMicros, purpose }, { accounts }, { agent }) => mint(accounts.word(agent), word(amountMicros), textWord(purpose)),
    facts: {
      [topicOf(dollar.abi, "OnRamped")]: ({ topics, data }, { accounts }, _, { purpose }) => ({
        kind: "dollar.onRamped",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
        purpose,
      }),
    },
  },
  "dollar.redeem": {
    to: "dollar",
    gas: 150_000,
    encode: ({ amountMicros, purpose }) => redeem(word(amountMicros), textWord(purpose)),
    facts: {
      [topicOf(dollar.abi, "Redeemed")]: ({ topics, data }, { accounts }, _, { purpose }) => ({
        kind: "dollar.redeemed",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
        purpose,
      }),
    },
  },
}
