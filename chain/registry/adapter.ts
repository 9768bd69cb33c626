import type { Action } from "../../sim/protocols/registry.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { providerRegistry } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"

const { abi } = providerRegistry
const register = callOf(abi, "register")
const addStake = callOf(abi, "addStake")
const requestExit = callOf(abi, "requestExit")()
const withdraw = callOf(abi, "withdraw")()

/** Made by the oracle's orders. */
export const slashedFact: Readonly<Record<string, DecodeFact>> = {
  [topicOf(abi, "Slashed")]: ({ topics, data }, { accounts }) => ({
    kind: "registry.slashed",
    provider: accounts.idOf(topics[1]!),
    amountWei: bigintAt(data, 0),
  }),
}

/** Asked for, or made by the warden's orders. */
export const exitRequestedFact: Readonly<Record<string, DecodeFact>> = {
  [topicOf(abi, "ExitRequested")]: ({ topics, data }, { accounts }) => ({
    kind: "registry.exitRequested",
    agent: accounts.idOf(topics[1]!),
    unbondsAtSeconds: numberAt(data, 0),
  }),
}

export const adapters: Adapters<Action> = {
  "registry.register": {
    to: "registry",
    gas: 300_000,
    encode: ({ gpuCount, stakeWei }) => register(word(gpuCount), word(stakeWei)),
    facts: {
      [topicOf(abi, "Registered")]: ({ topics, data }, { accounts }) => ({
        kind: "registry.registered",
        agent: accounts.idOf(topics[1]!),
        gpuCount: numberAt(data, 0),
        stakeWei: bigintAt(data, 1),
      }),
    },
  },
  "registry.addStake": {
    to: "registry",
    gas: 200_000,
    encode: ({ amountWei }) => addStake(word(amountWei)),
    facts: {
      [topicOf(abi, "StakeAdded")]: ({ topics, data }, { accounts }) => ({
        kind: "registry.stakeAdded",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
  "registry.requestExit": {
    to: "registry",
    gas: 100_000,
    encode: () => requestExit,
    facts: exitRequestedFact,
  },
  "registry.withdraw": {
    to: "registry",
    gas: 200_000,
    encode: () => withdraw,
    facts: {
      [topicOf(abi, "Withdrawn")]: ({ topics, data }, { accounts }) => ({
        kind: "registry.withdrawn",
        agent: accounts.idOf(topics[1]!),
        amountWei: bigintAt(data, 0),
      }),
    },
  },
}
