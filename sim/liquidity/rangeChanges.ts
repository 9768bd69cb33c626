import { factsOf } from "../facts.ts"
import type { Receipt } from "../ledger.ts"
import type { Pool, Position } from "../protocols/pool3.ts"
import { positionAmounts } from "../protocols/pool3/positionAmounts.ts"
import { type Amounts, minus, nothing, plus } from "./amounts.ts"
import type { Change, Move } from "./change.ts"

/** The coins that a position's liquidity stands for now, and what it is owed besides. */
export const standing = (pool: Pool, position: Position | undefined): { readonly liquidity: Amounts; readonly owed: Amounts } =>
  position === undefined
    ? { liquidity: nothing, owed: nothing }
    : {
        liquidity: positionAmounts(pool, position, position.liquidity),
        owed: { tokenWei: position.owedTokenWei, dollarMicros: position.owedDollarMicros },
      }

/**
 * What a tick did to the positions of one v3 pool. The pool keeps fees apart from the liquidity, as debts, so they are known without looking
 * at the trades: fees = growth of the debt + collected - taken out of the liquidity.
 */
export const rangeChanges = (name: string, before: Pool, after: Pool, receipts: ReadonlyArray<Receipt>): ReadonlyArray<Change> => {
  const ofPool = <F extends { readonly pool: string; readonly positionId: bigint }>(facts: ReadonlyArray<F>) =>
    Map.groupBy(
      facts.filter(({ pool }) => pool === name),
      ({ positionId }) => positionId,
    )
  const increased = ofPool(factsOf(receipts, "pool3.increased"))
  const decreased = ofPool(factsOf(receipts, "pool3.decreased"))
  const collected = ofPool(factsOf(receipts, "pool3.collected"))
  const moved = receipts.flatMap(({ facts }) => facts.filter((fact) => fact.kind === "pool3.increased" || fact.kind === "pool3.decreased"))
  const ids = new Set([...before.positions.keys(), ...after.positions.keys(), ...increased.keys(), ...collected.keys()])
  return [...ids].map((id): Change => {
    const [earlier, later] = [standing(before, before.positions.get(id)), standing(after, after.positions.get(id))]
    const [added, taken, removed] = [sum(increased.get(id)), sum(decreased.get(id)), sum(collected.get(id))]
    const owner = before.positions.get(id)?.agent ?? after.positions.get(id)?.agent ?? increased.get(id)?.[0]?.agent ?? ""
    let whole = before.positions.get(id)?.liquidity ?? 0n
    const moves = moved.flatMap((fact): ReadonlyArray<Move> => {
      if (fact.pool !== name || fact.positionId !== id) return []
      const held = whole
      whole += fact.kind === "pool3.increased" ? fact.liquidity : -fact.liquidity
      return [
        fact.kind === "pool3.increased" ? { kind: "added", amounts: fact } : { kind: "removed", liquidity: fact.liquidity, whole: held },
      ]
    })
    return {
      pool: name,
      position: `${owner}/${id}`,
      owner,
      before: plus(earlier.liquidity, earlier.owed),
      after: plus(later.liquidity, later.owed),
      added,
      removed,
      fees: minus(plus(minus(later.owed, earlier.owed), removed), taken),
      trading: plus(minus(minus(later.liquidity, earlier.liquidity), added), taken),
      rounding: nothing,
      feesBefore: earlier.owed,
      moves,
    }
  })
}

const sum = (facts: ReadonlyArray<Amounts> = []): Amounts => facts.reduce<Amounts>(plus, nothing)
