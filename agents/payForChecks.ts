import type { Action } from "../sim/ledger.ts"
import { toMicros } from "../sim/units.ts"

/** What looking costs, out of the pocket of who looks. */
export const payForChecks = (usd: number): ReadonlyArray<Action> => {
  const amountMicros = toMicros(usd)
  return amountMicros === 0n
    ? []
    : [
        { kind: "dollar.onRamp", amountMicros, purpose: "capital" },
        { kind: "dollar.redeem", amountMicros, purpose: "checks" },
      ]
}
