import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/spotChecks.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { spotChecks } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { courtFacts } from "../registry/courtFacts.ts"
import { bigintAt, numberAt, word, wordAt } from "../word.ts"
import { chunkTree } from "./chunkTree.ts"

const { abi } = spotChecks
const commit = callOf(abi, "commit")
const postBeacon = callOf(abi, "postBeacon")
const accuse = callOf(abi, "accuse")
const accuseOfCopy = callOf(abi, "accuseOfCopy")

const toChecks = (_: Action, { contracts }: World): Hex => {
  if (contracts.checks === undefined) throw new RangeError("the scenario has no spot checks")
  return contracts.checks
}

const words = (proof: ReadonlyArray<Hex>): ReadonlyArray<string> => [word(proof.length), ...proof.map((hash) => hash.slice(2))]

const convicted: Readonly<Record<string, DecodeFact>> = {
  [topicOf(abi, "Convicted")]: ({ topics, data }, { accounts }) => ({
    kind: "spotChecks.convicted",
    provider: accounts.idOf(topics[1]!),
    checker: accounts.idOf(topics[2]!),
    epoch: numberAt(data, 0),
    chunk: numberAt(data, 1),
    isCopy: bigintAt(data, 2) === 1n,
  }),
  ...courtFacts,
}

export const adapters: Adapters<Action> = {
  "spotChecks.commit": {
    to: toChecks,
    gas: 150_000,
    encode: ({ epoch, results }) => commit(word(epoch), chunkTree(results).root.slice(2)),
    facts: {
      [topicOf(abi, "Committed")]: ({ topics, data }, { accounts }) => ({
        kind: "spotChecks.committed",
        agent: accounts.idOf(topics[1]!),
        epoch: numberAt(data, 0),
        root: `0x${wordAt(data, 1)}`,
      }),
    },
  },
  "spotChecks.postBeacon": {
    to: toChecks,
    gas: 120_000,
    encode: ({ epoch, beacon }) => postBeacon(word(epoch), word(beacon)),
    facts: { [topicOf(abi, "BeaconPosted")]: ({ data }) => ({ kind: "spotChecks.beaconPosted", epoch: numberAt(data, 0) }) },
  },
  "spotChecks.accuse": {
    to: toChecks,
    gas: 600_000,
    encode: ({ provider, chunk, results, resultAgain }, { accounts }) =>
      accuse(
        accounts.word(provider),
        word(chunk),
        word(results[chunk]!),
        // The proof begins behind the five heads.
        word(5 * 32),
        word(resultAgain),
        ...words(chunkTree(results).proof(chunk)),
      ),
    facts: convicted,
  },
  "spotChecks.accuseOfCopy": {
    to: toChecks,
    gas: 1_000_000,
    encode: ({ first, second, chunk, firstResults, secondResults }, { accounts }) => {
      const proofs = [firstResults, secondResults].map((results) => words(chunkTree(results).proof(chunk)))
      const heads = [accounts.word(first), accounts.word(second), word(chunk), word(firstResults[chunk]!)]
      return accuseOfCopy(...heads, word(6 * 32), word((6 + proofs[0]!.length) * 32), ...proofs.flat())
    },
    facts: convicted,
  },
}
