import type { LedgerView, Order } from "../ledger.ts"
import type { Bill } from "../markets/bills.ts"
import { maxBigint } from "../units.ts"

/** What agents look at. */
export interface Purses {
  readonly ledger: LedgerView
  readonly bills: ReadonlyMap<string, Bill>
}

/** Agents know what they have sent: what waits to be paid, sold or put into escrow counts as gone, and what waits to be brought as there. */
export const pendingView = (seen: Purses, waiting: ReadonlyArray<Order>): Purses => {
  if (waiting.length === 0) return seen
  const { ledger } = seen
  const dollars = new Map(ledger.dollar.balanceMicros)
  const tokens = new Map(ledger.token.balanceWei)
  const bills = new Map(seen.bills)
  const move = (purse: Map<string, bigint>, agent: string, amount: bigint) =>
    purse.set(agent, maxBigint((purse.get(agent) ?? 0n) + amount, 0n))
  for (const { agent, action } of waiting) {
    switch (action.kind) {
      case "dollar.onRamp":
        move(dollars, agent, action.amountMicros)
        break
      case "dollar.redeem": {
        move(dollars, agent, -action.amountMicros)
        const bill = bills.get(agent)
        if (bill !== undefined && action.purpose === "energy")
          bills.set(agent, { ...bill, energyMicros: bill.energyMicros - action.amountMicros })
        if (bill !== undefined && action.purpose === "hardware")
          bills.set(agent, { ...bill, hardwareMicros: bill.hardwareMicros - action.amountMicros })
        break
      }
      case "market.open":
        move(dollars, agent, -action.amountMicros)
        break
      case "pool.swap":
      case "pool3.swap":
        move(action.sell === "token" ? tokens : dollars, agent, -action.amountIn)
        break
      default:
    }
  }
  return {
    bills,
    ledger: { ...ledger, dollar: { ...ledger.dollar, balanceMicros: dollars }, token: { ...ledger.token, balanceWei: tokens } },
  }
}
