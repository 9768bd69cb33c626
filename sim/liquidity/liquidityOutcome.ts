import { toUsd } from "./amounts.ts"
import { type LpLedger, noParts, type Parts, sumParts } from "./lpLedger.ts"

/** What all positions of one owner in one pool came to over a run: valueUsd is the sum of flows, holding, fees, impermanent loss and rounding. */
export interface LiquidityOutcome {
  readonly pool: string
  readonly owner: string
  readonly valueUsd: number
  readonly flowsUsd: number
  readonly holdingUsd: number
  readonly feesUsd: number
  readonly impermanentLossUsd: number
  readonly roundingUsd: number
  /** Part of the impermanent loss. */
  readonly lossVersusRebalancingUsd: number
  /** Beside the value. */
  readonly incentivesUsd: number
  readonly residualUnits: number
}

/** One outcome for each pool and owner, in the order in which they first had a position. */
export const liquidityOutcomes = (ledger: LpLedger): ReadonlyArray<LiquidityOutcome> => {
  const sums = new Map<string, { readonly pool: string; readonly owner: string; value: bigint; missedUnits: bigint; parts: Parts }>()
  for (const { pool, owner, value, missedUnits, total } of ledger.values()) {
    const key = `${pool}/${owner}`
    const sum = sums.get(key) ?? { pool, owner, value: 0n, missedUnits: 0n, parts: noParts }
    sums.set(key, { ...sum, value: sum.value + value, missedUnits: sum.missedUnits + missedUnits, parts: sumParts(sum.parts, total) })
  }
  return [...sums.values()].map(({ pool, owner, value, missedUnits, parts }) => ({
    pool,
    owner,
    valueUsd: toUsd(value),
    flowsUsd: toUsd(parts.flows),
    holdingUsd: toUsd(parts.holding),
    feesUsd: toUsd(parts.fees),
    impermanentLossUsd: toUsd(parts.impermanentLoss),
    roundingUsd: toUsd(parts.rounding),
    lossVersusRebalancingUsd: toUsd(parts.lossVersusRebalancing),
    incentivesUsd: toUsd(parts.incentives),
    residualUnits: Number(missedUnits),
  }))
}
