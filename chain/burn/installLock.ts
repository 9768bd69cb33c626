import type { LedgerView } from "../../sim/ledger.ts"
import type { Lock } from "../../sim/protocols/lock.ts"
import { addressOf } from "../accounts.ts"
import { networkToken, voteLock } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord, bigintAt, numberAt, prelude, unlimited, word } from "../word.ts"

export type Locks = Extension<Pick<LedgerView, "locks">>

const approve = callOf(networkToken.abi, "approve")
const read = callOf(voteLock.abi, "read")
const headWords = 3
const lockWords = 3

/** The vote lock stands in the burn engine's place; here the agents get access to it. */
export const installLock = async ({ genesis, contracts, agents, send }: Site): Promise<Locks | undefined> => {
  if (genesis.burn.lockSecondsMax === undefined) return undefined
  const { token, burn } = contracts
  await send(agents.map((id) => ({ from: addressOf(id), to: token, data: approve(addressWord(burn), unlimited), gas: 100_000 })))
  const lockers: Array<string> = []
  return {
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "lock.locked" && !lockers.includes(fact.agent)) lockers.push(fact.agent)
    },
    reads: ({ accounts }) => [{ to: burn, data: read(word(32), word(lockers.length), ...lockers.map(accounts.word)) }],
    view: ([answer]) => ({
      locks: {
        lockedWei: bigintAt(answer!, prelude),
        weightWei: bigintAt(answer!, prelude + 1),
        owedMicros: bigintAt(answer!, prelude + 2),
        locks: new Map(lockers.map((id, index) => [id, lockAt(answer!, prelude + headWords + lockWords * index)])),
      },
    }),
  }
}

const lockAt = (answer: string, at: number): Lock => ({
  amountWei: bigintAt(answer, at),
  endSeconds: numberAt(answer, at + 1),
  owedMicros: bigintAt(answer, at + 2),
})
