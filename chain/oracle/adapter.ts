import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/oracle.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { workOracle } from "../artifacts.ts"
import { releasedFact } from "../emissions/adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { courtFacts } from "../registry/courtFacts.ts"
import { slashedFact } from "../registry/adapter.ts"
import { creditedFact } from "../rewards/adapter.ts"
import { fundedFact } from "../staking/adapter.ts"
import { bigintAt, numberAt, word } from "../word.ts"
import { packWork } from "./packWork.ts"

const { abi } = workOracle
const claimWork = callOf(abi, "claimWork")
const report = callOf(abi, "report")
const finalise = callOf(abi, "finalise")

/** Where the array begins in the calldata of a function with two parameters. */
const afterTwoWords = word(2 * 32)

/** What the end of an epoch says; of the oracle that agrees off the chain too, whose events are the same. */
export const verdictFacts: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(abi, "Mismatched")]: ({ topics, data }, { accounts }) => ({
    kind: "oracle.mismatched",
    provider: accounts.idOf(topics[1]!),
    epoch: numberAt(data, 0),
    claimedMillis: bigintAt(data, 1),
    medianMillis: bigintAt(data, 2),
  }),
  ...slashedFact,
  ...courtFacts,
  ...releasedFact,
  ...fundedFact,
  [topicOf(abi, "Finalised")]: ({ data }) => ({
    kind: "oracle.finalised",
    epoch: numberAt(data, 0),
    verifiedWorkMillis: bigintAt(data, 1),
  }),
}

export const adapters: Adapters<Action> = {
  "oracle.claimWork": {
    to: "oracle",
    gas: 100_000,
    encode: ({ epoch, workMillis }) => claimWork(word(epoch), word(workMillis)),
    facts: {
      [topicOf(abi, "WorkClaimed")]: ({ topics, data }, { accounts }) => ({
        kind: "oracle.workClaimed",
        agent: accounts.idOf(topics[1]!),
        epoch: numberAt(data, 0),
        workMillis: bigintAt(data, 1),
      }),
    },
  },
  "oracle.report": {
    to: "oracle",
    gas: 5_000_000,
    encode: ({ epoch, workMillis }, { providers }) => {
      const words = packWork(providers.map((provider) => workMillis.get(provider) ?? 0n))
      return report(word(epoch), afterTwoWords, word(words.length), ...words.map(word))
    },
    facts: {
      [topicOf(abi, "Reported")]: ({ topics, data }, { accounts }) => ({
        kind: "oracle.reported",
        agent: accounts.idOf(topics[1]!),
        epoch: numberAt(data, 0),
      }),
    },
  },
  "oracle.finalise": {
    to: "oracle",
    gas: 60_000_000,
    encode: ({ epoch }) => finalise(word(epoch)),
    facts: { ...verdictFacts, ...creditedFact },
  },
}
