import type { LedgerView } from "../../sim/ledger.ts"
import { disputedMarket } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { bigintAt } from "../word.ts"

const readDisputes = callOf(disputedMarket.abi, "readDisputes")()

/** The market was made with the core. */
export const installDisputes = async ({
  genesis,
  contracts: { market },
}: Site): Promise<Extension<Pick<LedgerView, "disputes">> | undefined> => {
  if (genesis.disputes === undefined) return undefined
  return {
    accounts: new Map(),
    reads: () => [{ to: market, data: readDisputes }],
    view: ([answer]) => ({ disputes: { contestedMicros: bigintAt(answer!, 0), bondedMicros: bigintAt(answer!, 1) } }),
  }
}
