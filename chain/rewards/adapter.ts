import type { Action } from "../../sim/protocols/rewards.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { merkleRewards, rewardDistributor } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"

const { abi } = rewardDistributor
const claim = callOf(abi, "claim")()
const claimFromTree = callOf(merkleRewards.abi, "claim")

/** Made by the oracle's orders. */
export const creditedFact: Readonly<Record<string, DecodeFact>> = {
  [topicOf(abi, "Credited")]: ({ topics, data }, { accounts }) => ({
    kind: "rewards.credited",
    provider: accounts.idOf(topics[2]!),
    epoch: Number(topics[1]),
    amountWei: bigintAt(data, 0),
  }),
}

export const adapters: Adapters<Action> = {
  "rewards.claim": {
    to: "rewards",
    gas: 150_000,
    encode: (_, { extensions }, { agent }) => {
      if (extensions.rewardTree === undefined) return claim
      const { earned: earnedWei, proof } = extensions.rewardTree.desk.prove(agent)
      return claimFromTree(word(earnedWei), word(64), word(proof.length), ...proof.map((node) => node.slice(2)))
    },
    facts: {
      [topicOf(abi, "Claimed")]: ({ topics, data }, { accounts }) => ({
        kind: "rewards.claimed",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
}
