import type { Action } from "../../sim/protocols/market.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { jobMarket } from "../artifacts.ts"
import { executedFact } from "../burn/adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"

const { abi } = jobMarket
const open = callOf(abi, "open")
const complete = callOf(abi, "complete")
const release = callOf(abi, "release")
const refund = callOf(abi, "refund")

/** Both payments say the same about themselves. */
const paidFact =
  (kind: "market.completed" | "market.released"): DecodeFact =>
  ({ topics, data }, { accounts }) => ({
    kind,
    agent: accounts.idOf(topics[1]!),
    slot: numberAt(data, 0),
    provider: accounts.idOf(topics[2]!),
    paidMicros: bigintAt(data, 1),
    burnFeeMicros: bigintAt(data, 2),
    treasuryFeeMicros: bigintAt(data, 3),
  })

export const adapters: Adapters<Action> = {
  "market.open": {
    to: "market",
    gas: 200_000,
    encode: ({ slot, provider, amountMicros, deadlineSeconds }, { accounts }) =>
      open(word(slot), accounts.word(provider), word(amountMicros), word(deadlineSeconds)),
    facts: {
      [topicOf(abi, "Opened")]: ({ topics, data }, { accounts }) => ({
        kind: "market.opened",
        agent: accounts.idOf(topics[1]!),
        slot: numberAt(data, 0),
        provider: accounts.idOf(topics[2]!),
        amountMicros: bigintAt(data, 1),
      }),
    },
  },
  "market.complete": {
    to: "market",
    gas: 600_000,
    encode: ({ slot }) => complete(word(slot)),
    facts: {
      [topicOf(abi, "Completed")]: paidFact("market.completed"),
      ...executedFact,
    },
  },
  "market.release": {
    to: "market",
    gas: 600_000,
    encode: ({ slot, amountMicros }) => release(word(slot), word(amountMicros)),
    facts: { [topicOf(abi, "Released")]: paidFact("market.released"), ...executedFact },
  },
  "market.refund": {
    to: "market",
    gas: 150_000,
    encode: ({ buyer, slot }, { accounts }) => refund(accounts.word(buyer), word(slot)),
    facts: {
      [topicOf(abi, "Refunded")]: ({ topics, data }, { accounts }) => ({
        kind: "market.refunded",
        buyer: accounts.idOf(topics[1]!),
        slot: numberAt(data, 0),
        provider: accounts.idOf(topics[2]!),
        amountMicros: bigintAt(data, 1),
      }),
    },
  },
}
