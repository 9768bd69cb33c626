import type { LedgerView, Receipt } from "../ledger.ts"
import type { Side } from "../protocols/pool.ts"
import { vaultAccount } from "../protocols/vault.ts"
import { minBigint } from "../units.ts"
import { type Amounts, minus, nothing, partOf, plus } from "./amounts.ts"
import type { Change, Move } from "./change.ts"
import { ownedShares, shareOwner } from "./ownedShares.ts"

/** A pair as far as its providers are concerned. */
export interface PairState {
  readonly reserves: Amounts
  readonly totalShares: bigint
  /** By who answers for them. */
  readonly shares: ReadonlyMap<string, bigint>
  readonly ownerOf: (account: string) => string
  /** Coins that somebody sent to the pair, and that it has not counted yet. */
  readonly gifts: Amounts
}

/** What the facts of a tick make of the pair, and of each provider's part in it. */
export interface PairReplay {
  /** Where the pair must be after the tick; anything else is a defect. */
  readonly state: PairState
  readonly changes: ReadonlyArray<Change>
}

export const pairState = (view: Pick<LedgerView, "pool" | "token" | "dollar" | "farms" | "vault">): PairState => {
  const { pool, token, dollar } = view
  const { tokenReserveWei, dollarReserveMicros, totalShares } = pool
  const balance = {
    tokenWei: token.balanceWei.get("pool") ?? tokenReserveWei,
    dollarMicros: dollar.balanceMicros.get("pool") ?? dollarReserveMicros,
  }
  const reserves = { tokenWei: tokenReserveWei, dollarMicros: dollarReserveMicros }
  const ownerOf = (account: string) => shareOwner(view, account)
  return { reserves, totalShares, shares: ownedShares(view), ownerOf, gifts: minus(balance, reserves) }
}

/** The tally of one provider while the facts are gone through. */
interface Tally {
  added: Amounts
  removed: Amounts
  fees: Amounts
  trading: Amounts
  rounding: Amounts
  readonly moves: Array<Move>
}

/** Fee of the pair on what is paid in: 3 of 1000 (UniswapV2Pair.swap). */
const feeOf = (amountIn: bigint): bigint => (amountIn * 3n) / 1000n

/**
 * Goes through the facts of a tick in order, and splits what each one does to each provider's part of the reserves: a swap first leaves its
 * fee, then trades along the curve; a deposit or a withdrawal shifts some units between the others by rounding. A stake in a farm changes
 * no owner; what goes into the vault and out of it does.
 */
export const pairChanges = (pool: string, before: PairState, receipts: ReadonlyArray<Receipt>): PairReplay => {
  const shares = new Map(before.shares)
  let { reserves, totalShares, gifts } = before
  const tallies = new Map<string, Tally>()
  const tallyOf = (owner: string): Tally => {
    const known = tallies.get(owner)
    if (known !== undefined) return known
    const made: Tally = { added: nothing, removed: nothing, fees: nothing, trading: nothing, rounding: nothing, moves: [] }
    tallies.set(owner, made)
    return made
  }
  /** Those who hold any, as long as nobody's shares change: most agents hold none, and most facts are swaps. */
  let holders: ReadonlyArray<readonly [string, bigint]> | undefined
  const setShares = (owner: string, held: bigint) => {
    shares.set(owner, held)
    holders = undefined
  }
  const standing = (): ReadonlyMap<string, Amounts> => {
    holders ??= [...shares].filter(([, held]) => held > 0n)
    return new Map(holders.map(([owner, held]) => [owner, partOf(reserves, held, totalShares)]))
  }
  /** Books what a step does to everybody's part. */
  const step = (what: "fees" | "trading" | "rounding", change: () => void) => {
    const earlier = standing()
    change()
    const later = standing()
    for (const owner of new Set([...earlier.keys(), ...later.keys()])) {
      const tally = tallyOf(owner)
      tally[what] = plus(tally[what], minus(later.get(owner) ?? nothing, earlier.get(owner) ?? nothing))
    }
  }
  /** A gift is counted by the pair when it next moves, and is everybody's gain. */
  const countGifts = () => {
    if (gifts.tokenWei === 0n && gifts.dollarMicros === 0n) return
    step("fees", () => (reserves = plus(reserves, gifts)))
    gifts = nothing
  }
  /** `amountIn` is what the pair finds above its reserve, gifts of that coin included. */
  const swap = (sell: Side, amountIn: bigint, amountOut: bigint) => {
    gifts = sell === "token" ? { ...gifts, tokenWei: 0n } : { ...gifts, dollarMicros: 0n }
    countGifts()
    const fee = feeOf(amountIn)
    step("fees", () => (reserves = plus(reserves, sideOf(sell, fee))))
    step("trading", () => (reserves = minus(plus(reserves, sideOf(sell, amountIn - fee)), sideOf(other(sell), amountOut))))
  }
  const add = (owner: string, amounts: Amounts) => {
    const minted =
      totalShares === 0n
        ? 0n
        : minBigint((amounts.tokenWei * totalShares) / reserves.tokenWei, (amounts.dollarMicros * totalShares) / reserves.dollarMicros)
    gifts = nothing
    step("rounding", () => {
      reserves = plus(reserves, amounts)
      totalShares += minted
      setShares(owner, (shares.get(owner) ?? 0n) + minted)
    })
    const tally = tallyOf(owner)
    tally.added = plus(tally.added, amounts)
    tally.rounding = minus(tally.rounding, amounts)
    tally.moves.push({ kind: "added", amounts })
  }
  const remove = (owner: string, amounts: Amounts, burned: bigint) => {
    countGifts()
    const whole = shares.get(owner) ?? 0n
    step("rounding", () => {
      reserves = minus(reserves, amounts)
      totalShares -= burned
      setShares(owner, whole - burned)
    })
    const tally = tallyOf(owner)
    tally.removed = plus(tally.removed, amounts)
    tally.rounding = plus(tally.rounding, amounts)
    tally.moves.push({ kind: "removed", liquidity: burned, whole })
  }
  /** What shares stand for goes from one owner to another. */
  const transfer = (from: string, to: string, moved: bigint) => {
    const whole = shares.get(from) ?? 0n
    const amounts = partOf(reserves, moved, totalShares)
    step("rounding", () => {
      setShares(from, whole - moved)
      setShares(to, (shares.get(to) ?? 0n) + moved)
    })
    const [giver, taker] = [tallyOf(from), tallyOf(to)]
    giver.removed = plus(giver.removed, amounts)
    giver.rounding = plus(giver.rounding, amounts)
    giver.moves.push({ kind: "removed", liquidity: moved, whole })
    taker.added = plus(taker.added, amounts)
    taker.rounding = minus(taker.rounding, amounts)
    taker.moves.push({ kind: "added", amounts })
  }

  for (const { order, facts } of receipts)
    for (const fact of facts) {
      if (fact.kind === "token.transferred" && fact.to === "pool") gifts = plus(gifts, { tokenWei: fact.amountWei, dollarMicros: 0n })
      if (fact.kind === "dollar.transferred" && fact.to === "pool") gifts = plus(gifts, { tokenWei: 0n, dollarMicros: fact.amountMicros })
      if (fact.kind === "pool.swapped") swap(fact.sell, fact.amountIn, fact.amountOut)
      if (fact.kind === "burn.executed") swap("dollar", fact.spentMicros + gifts.dollarMicros, fact.burnedWei + fact.keptWei)
      if (fact.kind === "pool.liquidityAdded") add(before.ownerOf(fact.agent), fact)
      if (fact.kind === "pool.liquidityRemoved" && order.action.kind === "pool.removeLiquidity")
        remove(fact.agent, fact, order.action.shares)
      if (fact.kind === "vault.deposited" || fact.kind === "vault.donated") transfer(fact.agent, vaultAccount, fact.poolShares)
      if (fact.kind === "vault.withdrawn") transfer(vaultAccount, fact.agent, fact.poolShares)
    }

  const owners = new Set([...tallies.keys(), ...[...before.shares].filter(([, held]) => held > 0n).map(([owner]) => owner)])
  const changes = [...owners].map((owner): Change => {
    const { moves, ...parts } = tallyOf(owner)
    return {
      pool,
      position: owner,
      owner,
      before: partOf(before.reserves, before.shares.get(owner) ?? 0n, before.totalShares),
      after: partOf(reserves, shares.get(owner) ?? 0n, totalShares),
      ...parts,
      moves,
    }
  })
  return { state: { ...before, reserves, totalShares, shares, gifts }, changes }
}

const other = (side: Side): Side => (side === "token" ? "dollar" : "token")

const sideOf = (side: Side, amount: bigint): Amounts =>
  side === "token" ? { tokenWei: amount, dollarMicros: 0n } : { tokenWei: 0n, dollarMicros: amount }
