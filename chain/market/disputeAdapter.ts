import type { Action } from "../../sim/protocols/disputes.ts"
import type { Adapters } from "../adapter.ts"
import { disputedMarket } from "../artifacts.ts"
import { executedFact } from "../burn/adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"

const { abi } = disputedMarket
const dispute = callOf(abi, "dispute")
const rule = callOf(abi, "rule")
const settle = callOf(abi, "settle")

const closedFacts: Adapters<Action>["disputes.settle"]["facts"] = {
  [topicOf(abi, "BuyerWon")]: ({ topics, data }, { accounts }) => ({
    kind: "disputes.refunded",
    id: Number(topics[1]),
    buyer: accounts.idOf(topics[2]!),
    provider: accounts.idOf(topics[3]!),
    amountMicros: bigintAt(data, 0),
    bondMicros: bigintAt(data, 1),
  }),
  [topicOf(abi, "ProviderWon")]: ({ topics, data }, { accounts }) => ({
    kind: "disputes.paid",
    id: Number(topics[1]),
    buyer: accounts.idOf(topics[2]!),
    provider: accounts.idOf(topics[3]!),
    paidMicros: bigintAt(data, 0),
    burnFeeMicros: bigintAt(data, 1),
    treasuryFeeMicros: bigintAt(data, 2),
    bondMicros: bigintAt(data, 3),
    isForfeit: bigintAt(data, 4) === 1n,
  }),
  ...executedFact,
}

export const adapters: Adapters<Action> = {
  "disputes.open": {
    to: "market",
    gas: 350_000,
    encode: ({ slot }) => dispute(word(slot)),
    facts: {
      [topicOf(abi, "Disputed")]: ({ topics, data }, { accounts }) => ({
        kind: "disputes.opened",
        id: Number(topics[1]),
        buyer: accounts.idOf(topics[2]!),
        provider: accounts.idOf(topics[3]!),
        slot: numberAt(data, 0),
        amountMicros: bigintAt(data, 1),
        bondMicros: bigintAt(data, 2),
        decidesAtSeconds: numberAt(data, 3),
      }),
    },
  },
  "disputes.rule": {
    to: "market",
    gas: 700_000,
    encode: ({ id, isRefund }) => rule(word(id), word(isRefund ? 1 : 0)),
    facts: {
      [topicOf(abi, "Ruled")]: ({ topics, data }, { accounts }) => ({
        kind: "disputes.ruled",
        id: Number(topics[1]),
        arbiter: accounts.idOf(topics[2]!),
        isRefund: bigintAt(data, 0) === 1n,
      }),
      ...closedFacts,
    },
  },
  "disputes.settle": {
    to: "market",
    gas: 650_000,
    encode: ({ id }) => settle(word(id)),
    facts: closedFacts,
  },
}
