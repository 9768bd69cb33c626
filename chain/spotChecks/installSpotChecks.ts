import type { LedgerView } from "../../sim/ledger.ts"
import type { Visit } from "../../sim/protocols/spotChecks.ts"
import { spotChecks } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { numberAt, wordAt } from "../word.ts"
import { drawOf } from "./draws.ts"

export type Checks = Extension<Pick<LedgerView, "spotChecks">>

const beacon = callOf(spotChecks.abi, "beacon")()
const nextEpoch = callOf(spotChecks.abi, "nextEpoch")()

/** The contract was made with the core, whose oracle asks it; here the draws of its beacon are followed. */
export const installSpotChecks = async ({ genesis, contracts: { checks } }: Site): Promise<Checks | undefined> => {
  if (checks === undefined || genesis.spotChecks === undefined) return undefined
  const lottery = { ...genesis.spotChecks, checkers: genesis.oracle.reporters }
  const committed = new Map<string, number>()
  let [drawn, visits] = ["", new Map<string, Visit>()]
  return {
    accounts: new Map(),
    note: (fact) => {
      if (fact.kind === "spotChecks.committed") committed.set(fact.agent, fact.epoch)
    },
    reads: () => [
      { to: checks, data: beacon },
      { to: checks, data: nextEpoch },
    ],
    view: ([beaconAnswer, epochAnswer], { accounts }) => {
      const [beaconWord, epoch] = [wordAt(beaconAnswer!, 0), numberAt(epochAnswer!, 0)]
      if (epoch > 0 && beaconWord !== drawn) {
        drawn = beaconWord
        visits = new Map()
        for (const [provider, committedEpoch] of committed) {
          const visit = committedEpoch === epoch - 1 ? drawOf(beaconWord, accounts.word(provider), lottery) : undefined
          if (visit !== undefined) visits.set(provider, visit)
        }
      }
      return { spotChecks: { nextEpoch: epoch, visits } }
    },
  }
}
