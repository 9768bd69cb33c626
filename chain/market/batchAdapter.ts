import type { Action } from "../../sim/protocols/batches.ts"
import type { Adapters, World } from "../adapter.ts"
import { batchMarket } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"
import type { Batches } from "./installBatches.ts"

const { abi } = batchMarket
const deposit = callOf(abi, "deposit")
const debit = callOf(abi, "debit")
const close = callOf(abi, "close")
const collect = callOf(abi, "collect")
const pause = callOf(abi, "pause")()
const unpause = callOf(abi, "unpause")()

/** Gas of a debit, with margin, on top of what the call takes. */
const debitGas = 15_000
const callGas = 300_000

export const adapters: Adapters<Action> = {
  "batches.deposit": {
    to: "market",
    gas: 200_000,
    encode: ({ amountMicros }) => deposit(word(amountMicros)),
    facts: {
      [topicOf(abi, "Deposited")]: ({ topics, data }, { accounts }) => ({
        kind: "batches.deposited",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
      }),
    },
  },
  "batches.debit": {
    to: "market",
    gas: ({ debitMicros }) => callGas + debitGas * debitMicros.size,
    sender: "operator",
    encode: ({ debitMicros }, { accounts }) => {
      let packed = ""
      for (const [buyer, micros] of debitMicros) packed += accounts.word(buyer).slice(24) + micros.toString(16).padStart(16, "0")
      return debit(word(32), word(packed.length / 2), packed.padEnd(Math.ceil(packed.length / 64) * 64, "0"))
    },
    facts: {
      [topicOf(abi, "Debited")]: ({ topics, data }, { accounts }) => ({
        kind: "batches.debited",
        buyer: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
      }),
      ...acceptedFact(),
    },
  },
  "batches.close": {
    to: "market",
    gas: 400_000,
    sender: "operator",
    encode: ({ earnedMicros, creditedMicros, providerCount }, world) =>
      close(deskOf(world).plant(earnedMicros, world).slice(2), word(creditedMicros), word(providerCount)),
    facts: {
      [topicOf(abi, "Closed")]: ({ data }, world) => {
        deskOf(world).closed()
        return { kind: "batches.closed", grossMicros: bigintAt(data, 0), creditedMicros: bigintAt(data, 1) }
      },
      ...acceptedFact(),
    },
  },
  "batches.collect": {
    to: "market",
    gas: 200_000,
    encode: (_, world, { agent }) => {
      const { earned: earnedMicros, proof } = deskOf(world).prove(agent)
      return collect(word(earnedMicros), word(64), word(proof.length), ...proof.map((node) => node.slice(2)))
    },
    facts: {
      [topicOf(abi, "Collected")]: ({ topics, data }, { accounts }) => ({
        kind: "batches.collected",
        agent: accounts.idOf(topics[1]!),
        amountMicros: bigintAt(data, 0),
      }),
    },
  },
  "batches.pause": {
    to: "market",
    gas: 100_000,
    sender: "operator",
    encode: () => pause,
    facts: { [topicOf(abi, "Paused")]: () => ({ kind: "batches.paused" }) },
  },
  "batches.unpause": {
    to: "market",
    gas: 100_000,
    sender: "operator",
    encode: () => unpause,
    facts: { [topicOf(abi, "Unpaused")]: () => ({ kind: "batches.unpaused" }) },
  },
}

/** A batch is accepted in passing, by the first order that needs it to be; what it credits to each provider stands in its tree. */
function acceptedFact() {
  return {
    [topicOf(abi, "Accepted")]: ({ data }: { readonly data: string }, world: World) => [
      {
        kind: "batches.accepted" as const,
        creditedMicros: bigintAt(data, 0),
        burnFeeMicros: bigintAt(data, 1),
        treasuryFeeMicros: bigintAt(data, 2),
      },
      ...deskOf(world).accepted(),
    ],
  }
}

const deskOf = ({ extensions }: World): Batches["desk"] => {
  if (extensions.batches === undefined) throw new RangeError("the market of this world does not settle in batches")
  return extensions.batches.desk
}
