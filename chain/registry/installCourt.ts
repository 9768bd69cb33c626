import type { LedgerView } from "../../sim/ledger.ts"
import { courtAccount } from "../../sim/protocols/slashing.ts"
import { slashingCourt } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { bigintAt, numberAt, prelude, word } from "../word.ts"

export type Court = Extension<Pick<LedgerView, "slashing">>

const read = callOf(slashingCourt.abi, "read")
const headWords = 3

/** The court was made with the core, whose registry names it. */
export const installCourt = async ({ contracts: { court } }: Site): Promise<Court | undefined> => {
  if (court === undefined) return undefined
  return {
    accounts: new Map([[courtAccount, court]]),
    reads: ({ accounts, providers }) => [{ to: court, data: read(word(32), word(providers.length), ...providers.map(accounts.word)) }],
    view: ([answer], { providers }) => ({
      slashing: {
        frozenWei: bigintAt(answer!, prelude),
        insuredWei: bigintAt(answer!, prelude + 1),
        caseCount: numberAt(answer!, prelude + 2),
        offences: new Map(providers.map((id, index) => [id, numberAt(answer!, prelude + headWords + index)])),
      },
    }),
  }
}
