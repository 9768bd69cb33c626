import type { Hex } from "viem"
import { type Action, lenderAccount } from "../../sim/protocols/lending.ts"
import type { Adapters, World } from "../adapter.ts"
import { hardwareLender, lentRegistry } from "../artifacts.ts"
import { leviedFact } from "../burn/taxFacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { swapFact } from "../pool/adapter.ts"
import { bigintAt, word } from "../word.ts"

const { abi } = hardwareLender
const borrow = callOf(abi, "borrow")
const repay = callOf(abi, "repay")()
const foreclose = callOf(abi, "foreclose")

const toLender = (_: Action, { contracts }: World): Hex => {
  if (contracts.lender === undefined) throw new RangeError("the scenario has no lending")
  return contracts.lender
}

export const adapters: Adapters<Action> = {
  "lending.borrow": {
    to: toLender,
    gas: 250_000,
    encode: ({ amountMicros }) => borrow(word(amountMicros)),
    facts: {
      [topicOf(abi, "Borrowed")]: ({ topics, data }, { accounts }) => ({
        kind: "lending.borrowed",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
      }),
    },
  },
  "lending.repay": {
    to: toLender,
    gas: 200_000,
    encode: () => repay,
    facts: {
      [topicOf(abi, "Repaid")]: ({ topics, data }, { accounts }) => ({
        kind: "lending.repaid",
        agent: accounts.idOf(topics[1]!),
        interestMicros: bigintAt(data, 0),
        principalMicros: bigintAt(data, 1),
      }),
    },
  },
  "lending.foreclose": {
    to: toLender,
    gas: 500_000,
    encode: ({ provider }, { accounts }) => foreclose(accounts.word(provider)),
    facts: {
      [topicOf(lentRegistry.abi, "Evicted")]: ({ topics, data }, { accounts }) => ({
        kind: "registry.evicted",
        provider: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
      }),
      ...leviedFact,
      ...swapFact("token", lenderAccount),
      [topicOf(abi, "Foreclosed")]: ({ topics, data }, { accounts }) => ({
        kind: "lending.foreclosed",
        provider: accounts.idOf(topics[1]!),
        principalMicros: bigintAt(data, 0),
        seizedWei: bigintAt(data, 1),
        receivedMicros: bigintAt(data, 2),
      }),
    },
  },
}
