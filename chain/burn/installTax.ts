import type { LedgerView } from "../../sim/ledger.ts"
import { addressOf } from "../accounts.ts"
import { taxedToken } from "../artifacts.ts"
import { callOf } from "../encodeCall.ts"
import type { Extension, Site } from "../extension.ts"
import { addressWord } from "../word.ts"

export type Tax = Extension<Pick<LedgerView, "tax">>

const taxPool = callOf(taxedToken.abi, "taxPool")

/** Token and engine were made with the core; from here on, when the pool has its opening liquidity, trades are taxed. */
export const installTax = async ({ genesis: { burn }, contracts, send }: Site): Promise<Tax | undefined> => {
  if (burn.tax === undefined) return undefined
  const tax = { buyBps: BigInt(burn.tax.buyBps), sellBps: BigInt(burn.tax.sellBps) }
  await send([{ from: addressOf("operator"), to: contracts.token, data: taxPool(addressWord(contracts.pair)), gas: 100_000 }])
  return { accounts: new Map(), reads: () => [], view: () => ({ tax }) }
}
