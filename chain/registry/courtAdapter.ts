import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/slashing.ts"
import type { Adapters, World } from "../adapter.ts"
import { slashingCourt } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt, word } from "../word.ts"
import { decidedFacts } from "./courtFacts.ts"

const { abi } = slashingCourt
const appeal = callOf(abi, "appeal")
const rule = callOf(abi, "rule")
const fileHarm = callOf(abi, "fileHarm")
const settle = callOf(abi, "settle")

const toCourt = (_: Action, { contracts }: World): Hex => {
  if (contracts.court === undefined) throw new RangeError("the scenario has no court for slashes")
  return contracts.court
}

export const adapters: Adapters<Action> = {
  "slashing.appeal": {
    to: toCourt,
    gas: 100_000,
    encode: ({ id }) => appeal(word(id)),
    facts: {
      [topicOf(abi, "Appealed")]: ({ topics, data }, { accounts }) => ({
        kind: "slashing.appealed",
        id: Number(topics[1]),
        provider: accounts.idOf(topics[2]!),
        decidesAtSeconds: numberAt(data, 0),
      }),
    },
  },
  "slashing.rule": {
    to: toCourt,
    gas: 120_000,
    encode: ({ id, isUpheld }) => rule(word(id), word(isUpheld ? 1 : 0)),
    facts: {
      [topicOf(abi, "Ruled")]: ({ topics, data }, { accounts }) => ({
        kind: "slashing.ruled",
        id: Number(topics[1]),
        judge: accounts.idOf(topics[2]!),
        isUpheld: bigintAt(data, 0) === 1n,
      }),
    },
  },
  "slashing.settle": {
    to: toCourt,
    // For the 50 harms that a case can have.
    gas: 3_000_000,
    encode: ({ id }) => settle(word(id)),
    facts: decidedFacts,
  },
  "slashing.fileHarm": {
    to: toCourt,
    gas: ({ harmed }) => 100_000 + 100_000 * harmed.length,
    encode: ({ id, harmed }, { accounts }) => {
      const buyers = [word(harmed.length), ...harmed.map(({ buyer }) => accounts.word(buyer))]
      const slots = [word(harmed.length), ...harmed.map(({ slot }) => word(slot))]
      return fileHarm(word(id), word(3 * 32), word((3 + buyers.length) * 32), ...buyers, ...slots)
    },
    facts: {
      [topicOf(abi, "HarmFiled")]: ({ topics, data }, { accounts }) => ({
        kind: "slashing.harmFiled",
        id: Number(topics[1]),
        buyer: accounts.idOf(topics[2]!),
        slot: numberAt(data, 0),
        amountMicros: bigintAt(data, 1),
      }),
    },
  },
}
