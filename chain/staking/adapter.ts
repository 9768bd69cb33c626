import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/staking.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { tokenStaking } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"

const { abi } = tokenStaking
const stake = callOf(abi, "stake")
const requestUnstake = callOf(abi, "requestUnstake")
const withdraw = callOf(abi, "withdraw")()
const claim = callOf(abi, "claim")()
const distribute = callOf(abi, "distribute")()

const toStaking = (_: Action, { contracts }: World): Hex => {
  if (contracts.staking === undefined) throw new RangeError("the scenario has no staking")
  return contracts.staking
}

const moved =
  (kind: "staking.staked" | "staking.withdrawn"): DecodeFact =>
  ({ topics, data }, { accounts }) => ({ kind, agent: accounts.idOf(topics[1]!), amountWei: bigintAt(data, 0) })

/** Made when an epoch is closed. */
export const fundedFact: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(abi, "Funded")]: ({ data }) => ({ kind: "staking.funded", amountWei: bigintAt(data, 0) }),
}

export const adapters: Adapters<Action> = {
  "staking.stake": {
    to: toStaking,
    gas: 300_000,
    encode: ({ amountWei }) => stake(word(amountWei)),
    facts: { [topicOf(abi, "Staked")]: moved("staking.staked") },
  },
  "staking.requestUnstake": {
    to: toStaking,
    gas: 250_000,
    encode: ({ amountWei }) => requestUnstake(word(amountWei)),
    facts: {
      [topicOf(abi, "UnstakeRequested")]: ({ topics, data }, { accounts }) => ({
        kind: "staking.unstakeRequested",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
        unbondsAtSeconds: numberAt(data, 1),
      }),
    },
  },
  "staking.withdraw": {
    to: toStaking,
    gas: 150_000,
    encode: () => withdraw,
    facts: { [topicOf(abi, "Withdrawn")]: moved("staking.withdrawn") },
  },
  "staking.claim": {
    to: toStaking,
    gas: 250_000,
    encode: () => claim,
    facts: {
      [topicOf(abi, "Claimed")]: ({ topics, data }, { accounts }) => ({
        kind: "staking.claimed",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
        amountMicros: bigintAt(data, 1),
      }),
    },
  },
  "staking.distribute": {
    to: toStaking,
    gas: 200_000,
    encode: () => distribute,
    facts: {
      [topicOf(abi, "Distributed")]: ({ data }) => ({
        kind: "staking.distributed",
        stakersMicros: bigintAt(data, 0),
        treasuryMicros: bigintAt(data, 1),
      }),
    },
  },
}
