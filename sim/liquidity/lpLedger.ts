import type { LedgerView, Receipt } from "../ledger.ts"
import { type Amounts, minus, nothing, partOf, plus, worthAt } from "./amounts.ts"
import type { Change } from "./change.ts"
import { farmRewards } from "./farmRewards.ts"
import { pairChanges, pairState } from "./pairChanges.ts"
import { rangeChanges } from "./rangeChanges.ts"

/** Name of the Uniswap v2 pair among the pools. */
export const mainPool = "main"

/**
 * Where the change of a position's value came from, in atto-micro-dollars at the outside market's price on chain, which holds for a whole tick:
 * value after - value before = flows + holding + fees + impermanentLoss + rounding, exactly.
 */
export interface Parts {
  /** Paid in less taken out. */
  readonly flows: bigint
  /** What the deposited coins would have gained, had they been kept. */
  readonly holding: bigint
  /** Fees left by traders, and the gain on those that are still in the pool. */
  readonly fees: bigint
  /** Loss (when negative) against holding, fees apart: loss-versus-rebalancing, and the gain of rebalancing itself. */
  readonly impermanentLoss: bigint
  readonly rounding: bigint
  /**
   * Loss (when negative) against a portfolio that makes the same trades at the outside price, part of the impermanent loss
   * (Milionis et al. 2022).
   */
  readonly lossVersusRebalancing: bigint
  /** Rewards of farms, claimed or not, when they were earned; they lie beside the position and are no part of its value. */
  readonly incentives: bigint
}

export const noParts: Parts = {
  flows: 0n,
  holding: 0n,
  fees: 0n,
  impermanentLoss: 0n,
  rounding: 0n,
  lossVersusRebalancing: 0n,
  incentives: 0n,
}

export const sumParts = (a: Parts, b: Parts): Parts => ({
  flows: a.flows + b.flows,
  holding: a.holding + b.holding,
  fees: a.fees + b.fees,
  impermanentLoss: a.impermanentLoss + b.impermanentLoss,
  rounding: a.rounding + b.rounding,
  lossVersusRebalancing: a.lossVersusRebalancing + b.lossVersusRebalancing,
  incentives: a.incentives + b.incentives,
})

/** One position's account since it was opened. */
export interface Account {
  readonly pool: string
  readonly owner: string
  /** A range that was opened and emptied within one tick, whatever its owner calls it. */
  readonly isJustInTime: boolean
  /** The deposits that are still in, as they were paid in. */
  readonly held: Amounts
  /** Fees earned and not taken out. */
  readonly feesHeld: Amounts
  /** All fees since the position was opened, each at the price of its own tick. */
  readonly feesEarned: bigint
  readonly amounts: Amounts
  readonly value: bigint
  /** Of the last tick, and since the position was opened. */
  readonly tick: Parts
  readonly total: Parts
  /** Units by which the parts miss the change of what the chain shows; 0, or something is wrong. */
  readonly residual: Amounts
  /** The same of all ticks, both coins and without sign. */
  readonly missedUnits: bigint
}

/** Accounts by pool and position. Those of positions that are closed stay, so that sums over a run are whole. */
export type LpLedger = ReadonlyMap<string, Account>

/** The positions before the first tick. */
export const openLpLedger = (view: LedgerView): LpLedger => postLiquidity(new Map(), view, view, [])

/** Posts one tick to the account of every position. */
export const postLiquidity = (ledger: LpLedger, before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>): LpLedger => {
  const next = new Map<string, Account>()
  for (const [key, account] of ledger) next.set(key, { ...account, tick: noParts })
  const [from, to] = [before.venue.priceMicros, after.venue.priceMicros]
  for (const { change, seen } of changesOf(before, after, receipts)) {
    const key = `${change.pool}/${change.position}`
    const known = ledger.get(key)
    const posted = post(known ?? opened(change, from), change, seen, from, to)
    const isJustInTime = known === undefined && change.pool !== mainPool && unitsOf(seen) === 0n
    next.set(key, isJustInTime ? { ...posted, isJustInTime } : posted)
  }
  for (const [owner, amountWei] of farmRewards(before, after, receipts)) {
    const account = next.get(`${mainPool}/${owner}`)
    const incentives = amountWei * to
    if (account !== undefined && incentives !== 0n) next.set(`${mainPool}/${owner}`, rewarded(account, incentives))
  }
  return next
}

/** What each position stands for on the chain beside what the facts say that happened to it. */
const changesOf = (before: LedgerView, after: LedgerView, receipts: ReadonlyArray<Receipt>) => {
  const { reserves, shares, totalShares } = pairState(after)
  const pair = pairChanges(mainPool, pairState(before), receipts).changes.map((change) => ({
    change,
    seen: partOf(reserves, shares.get(change.owner) ?? 0n, totalShares),
  }))
  const ranges = [...after.pools3.pools].flatMap(([name, pool3]) =>
    rangeChanges(name, before.pools3.pools.get(name) ?? pool3, pool3, receipts).map((change) => ({ change, seen: change.after })),
  )
  return [...pair, ...ranges]
}

/** What lies in a position when it is first seen counts as paid in. */
const opened = ({ pool, owner, before }: Change, price: bigint): Account => ({
  pool,
  owner,
  isJustInTime: false,
  held: before,
  feesHeld: nothing,
  feesEarned: 0n,
  amounts: before,
  value: 0n,
  tick: noParts,
  total: { ...noParts, flows: worthAt(before, price) },
  residual: nothing,
  missedUnits: 0n,
})

/** Farms are for shares of the main pool only, and who has no account there has no stake. */
const rewarded = (account: Account, incentives: bigint): Account => ({
  ...account,
  tick: { ...account.tick, incentives: account.tick.incentives + incentives },
  total: { ...account.total, incentives: account.total.incentives + incentives },
})

const unitsOf = ({ tokenWei, dollarMicros }: Amounts): bigint =>
  (tokenWei < 0n ? -tokenWei : tokenWei) + (dollarMicros < 0n ? -dollarMicros : dollarMicros)

const post = (account: Account, change: Change, seen: Amounts, priceBefore: bigint, price: bigint): Account => {
  const feesBefore = change.feesBefore ?? account.feesHeld
  const rise = price - priceBefore
  const lossVersusRebalancing = worthAt(change.trading, price)
  const drifted = minus(minus(change.before, account.held), feesBefore)
  const tick: Parts = {
    flows: worthAt(minus(change.added, change.removed), price),
    holding: account.held.tokenWei * rise,
    fees: worthAt(change.fees, price) + feesBefore.tokenWei * rise,
    impermanentLoss: drifted.tokenWei * rise + lossVersusRebalancing,
    rounding: worthAt(change.rounding, price),
    lossVersusRebalancing,
    incentives: 0n,
  }
  let held = account.held
  let feesHeld = plus(feesBefore, change.fees)
  for (const move of change.moves) {
    if (move.kind === "added") held = plus(held, move.amounts)
    else {
      held = minus(held, partOf(held, move.liquidity, move.whole))
      feesHeld = minus(feesHeld, partOf(feesHeld, move.liquidity, move.whole))
    }
  }
  const explained = [change.added, change.fees, change.trading, change.rounding].reduce(plus, minus(change.before, change.removed))
  const residual = minus(seen, explained)
  return {
    pool: change.pool,
    owner: change.owner,
    isJustInTime: account.isJustInTime,
    held,
    feesHeld,
    feesEarned: account.feesEarned + worthAt(change.fees, price),
    amounts: seen,
    value: worthAt(seen, price),
    tick,
    total: sumParts(account.total, tick),
    residual,
    missedUnits: account.missedUnits + unitsOf(residual),
  }
}
