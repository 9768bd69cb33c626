import { Effect } from "effect"
import { type Genesis, Ledger, type Order, type Receipt } from "../../sim/ledger.ts"
import { SECONDS_PER_DAY } from "../../sim/units.ts"
import type { CaseError, Services } from "./referenceCase.ts"

/** A world in which nothing but the Uniswap v2 pair matters: token 0 is the network token, token 1 the dollar, in smallest units. */
export const pairWorld = (
  reserve0: bigint,
  reserve1: bigint,
  holders: ReadonlyArray<readonly [id: string, units0: bigint, units1: bigint]>,
): Genesis => ({
  startSeconds: 1_767_225_600,
  supplyWei: reserve0 + holders.reduce((sum, [, units0]) => sum + units0, 1n),
  pool: { deposits: [{ agent: "treasury", tokenWei: reserve0, dollarMicros: reserve1 }] },
  registry: { stakeWeiPerGpu: 0n, unbondingSeconds: 0 },
  market: { feeBps: 0, burnBps: 0, creditBps: 0 },
  oracle: { reporters: ["oracle"], quorum: 1, toleranceBps: 0, slashBps: 0 },
  emissions: { kind: "fixed", amountWei: 0n, epochSeconds: SECONDS_PER_DAY },
  burn: { spendBpsMax: 0, premiumBpsMax: 0, keepBps: 0 },
  venue: { inventoryWei: 0n, feeBps: 0, priceMicros: 1n },
  accounts: [
    { id: "oracle", tokenWei: 0n, dollarMicros: 0n },
    ...holders.map(([id, tokenWei, dollarMicros]) => ({ id, tokenWei, dollarMicros })),
  ],
})

/** What became of the orders, settled in one tick of a fresh world. */
export const settleIn = (
  { ledger }: Services,
  genesis: Genesis,
  orders: ReadonlyArray<Order>,
): Effect.Effect<ReadonlyArray<Receipt>, CaseError> =>
  Effect.gen(function* () {
    const { settle } = yield* Ledger
    return (yield* settle(orders, genesis.startSeconds + 3600)).receipts
  }).pipe(Effect.provide(ledger(genesis)))
