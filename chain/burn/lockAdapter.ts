import type { Action } from "../../sim/protocols/lock.ts"
import type { Adapters } from "../adapter.ts"
import { voteLock } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"

const { abi } = voteLock
const lock = callOf(abi, "lock")
const withdraw = callOf(abi, "withdraw")()
const claim = callOf(abi, "claim")()

export const adapters: Adapters<Action> = {
  "lock.lock": {
    to: "burn",
    gas: 500_000,
    encode: ({ amountWei, endSeconds }) => lock(word(amountWei), word(endSeconds)),
    facts: {
      [topicOf(abi, "Locked")]: ({ topics, data }, { accounts }) => ({
        kind: "lock.locked",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
        endSeconds: numberAt(data, 1),
      }),
    },
  },
  "lock.withdraw": {
    to: "burn",
    gas: 300_000,
    encode: () => withdraw,
    facts: {
      [topicOf(abi, "Withdrawn")]: ({ topics, data }, { accounts }) => ({
        kind: "lock.withdrawn",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
  "lock.claim": {
    to: "burn",
    gas: 300_000,
    encode: () => claim,
    facts: {
      [topicOf(abi, "Claimed")]: ({ topics, data }, { accounts }) => ({
        kind: "lock.claimed",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
      }),
    },
  },
}
