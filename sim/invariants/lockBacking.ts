import { sumOf } from "../facts.ts"
import { firstBroken, type Invariant } from "../invariant.ts"
import { maxBigint } from "../units.ts"

/** The vote lock holds what is locked and owes no more than it has; both move only with its facts. */
export const lockBacking: Invariant = {
  name: "lock backing",
  check: (before, after, receipts) => {
    const { locks } = after
    const all = [...locks.locks.values()]
    const owedToAll = all.reduce((sum, { owedMicros }) => sum + owedMicros, 0n)
    return firstBroken(
      { what: "locked, wei", found: all.reduce((sum, { amountWei }) => sum + amountWei, 0n), expected: locks.lockedWei },
      {
        what: "locked by its facts, wei",
        found: locks.lockedWei,
        expected:
          before.locks.lockedWei +
          sumOf(receipts, "lock.locked", (fact) => fact.amountWei) -
          sumOf(receipts, "lock.withdrawn", (fact) => fact.amountWei),
      },
      {
        what: "locked and not there, wei",
        found: maxBigint(locks.lockedWei - (after.token.balanceWei.get("burn") ?? 0n), 0n),
        expected: 0n,
      },
      {
        what: "owed by its facts, micros",
        found: locks.owedMicros,
        expected:
          before.locks.owedMicros +
          sumOf(receipts, "lock.distributed", (fact) => fact.amountMicros) -
          sumOf(receipts, "lock.claimed", (fact) => fact.amountMicros),
      },
      { what: "owed to lockers beyond the sum, micros", found: maxBigint(owedToAll - locks.owedMicros, 0n), expected: 0n },
      {
        what: "owed and not there, micros",
        found: maxBigint(locks.owedMicros - (after.dollar.balanceMicros.get("burn") ?? 0n), 0n),
        expected: 0n,
      },
    )
  },
}
