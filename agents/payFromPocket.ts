import type { Action } from "../sim/ledger.ts"
import { toMicros } from "../sim/units.ts"

type Purpose = Extract<Action, { readonly kind: "dollar.redeem" }>["purpose"]

/** Pays the outside world with dollars that the payer brings from its other business. */
export const payFromPocket = (usd: number, purpose: Purpose): ReadonlyArray<Action> => {
  const amountMicros = toMicros(usd)
  return amountMicros === 0n
    ? []
    : [
        { kind: "dollar.onRamp", amountMicros, purpose: "capital" },
        { kind: "dollar.redeem", amountMicros, purpose },
      ]
}
