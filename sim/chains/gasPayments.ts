import type { Actor } from "../actor.ts"
import { usualTipWei } from "../agent.ts"
import type { Moment } from "../clock.ts"
import type { Action, LedgerView, Order } from "../ledger.ts"
import type { Purpose } from "../protocols/dollar.ts"
import { minBigint } from "../units.ts"
import type { Tolls } from "./tolls.ts"

/** A business brings what its purse lacks, as it does for electricity; traders and liquidity providers pay as far as the purse goes. */
const missingPaidAs: Readonly<Record<Actor["agent"]["role"], Purpose | undefined>> = {
  provider: "capital",
  oracle: "capital",
  keeper: "capital",
  feed: "capital",
  buyer: "budget",
  adversary: "budget",
  liquidity: undefined,
  trader: undefined,
}

/** Orders that pay for gas, the first of the tick, and the view as they leave it. */
export interface GasPayments {
  readonly orders: ReadonlyArray<Order>
  readonly view: LedgerView
}

/** Once a day everybody pays what they owe for gas; what a purse does not hold stays owed. */
export const gasPayments = (
  tolls: Tolls | undefined,
  actors: ReadonlyArray<Pick<Actor, "id" | "agent">>,
  now: Moment,
  view: LedgerView,
): GasPayments => {
  if (tolls === undefined || now.tickOfDay !== 0) return { orders: [], view }
  const orders: Array<Order> = []
  const balanceMicros = new Map(view.dollar.balanceMicros)
  let { supplyMicros } = view.dollar
  const pay = (agent: string, broughtAs: Purpose | undefined) => {
    const owed = tolls.owedMicros.get(agent) ?? 0n
    const cash = balanceMicros.get(agent) ?? 0n
    const brought = broughtAs !== undefined && owed > cash ? owed - cash : 0n
    const paid = minBigint(owed, cash + brought)
    const actions: ReadonlyArray<Action> = [
      ...(broughtAs !== undefined && brought > 0n ? [{ kind: "dollar.onRamp", amountMicros: brought, purpose: broughtAs } as const] : []),
      ...(paid > 0n ? [{ kind: "dollar.redeem", amountMicros: paid, purpose: "gas" } as const] : []),
    ]
    orders.push(...actions.map((action) => ({ agent, action, tipWei: usualTipWei })))
    balanceMicros.set(agent, cash + brought - paid)
    supplyMicros += brought - paid
  }
  pay("treasury", undefined)
  for (const { id, agent } of actors) pay(id, missingPaidAs[agent.role])
  return { orders, view: { ...view, dollar: { supplyMicros, balanceMicros } } }
}
