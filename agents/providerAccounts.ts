import { instalmentMicros, payInstalment } from "./hardwareLoan.ts"
import type { ProviderTurn } from "./providerTurn.ts"
import type { Action } from "../sim/ledger.ts"
import { noBill } from "../sim/markets/bills.ts"
import { cost, proceeds } from "../sim/protocols/tax.ts"
import { fromMicros, fromWei, maxBigint, minBigint, toMicros, toWei } from "../sim/units.ts"

// A provider's book-keeping: rewards claimed, bills paid, tokens sold, stake bought.

const dustUsd = 1
const reserveDays = 7

const isWorthGas = ({ params, world }: ProviderTurn, kind: Action["kind"], usd: number): boolean =>
  world.gas.feeUsd(kind) <= params.feeShareMax * usd

export const claimAction: Action = { kind: "rewards.claim" }

export interface Claim {
  readonly isDue: boolean
  readonly actions: ReadonlyArray<Action>
  readonly dueDay: number | undefined
}

/** Due at the end of an epoch, or with the accounts where these are rarer than days; made when the fee is a small enough part of it, or after the longest wait. */
export const claimRewards = (turn: ProviderTurn, isAccountsTick = false): Claim => {
  const { self, params, world, memory } = turn
  const accruedWei = world.ledger.rewards.accruedWei.get(self) ?? 0n
  const isDueNow = params.accountsEveryDays === 1 ? world.now.isEpochEnd : isAccountsTick
  const dueDay = memory.claimDueDay ?? (isDueNow ? world.now.day : undefined)
  if (accruedWei === 0n || dueDay === undefined) return { isDue: false, actions: [], dueDay: undefined }
  const isCheap = isWorthGas(turn, "rewards.claim", fromWei(accruedWei) * world.meanUsdPerToken)
  const isLate = world.now.day - dueDay >= params.claimWaitDays
  return isCheap || isLate ? { isDue: true, actions: [claimAction], dueDay: undefined } : { isDue: true, actions: [], dueDay }
}

export interface Accounts {
  readonly actions: ReadonlyArray<Action>
  /** From the owner's pocket, for the lender. */
  readonly addedUsd: number
}

/**
 * Collects what jobs have earned where they are paid in batches; pays what is due, topping up from the owner's pocket, without limit but for instalments; sells tokens for the next bills and by taste; takes
 * home what is left over. While the machines run, a bill that is too small for its gas grows, and the money for it is kept.
 */
export const accounts = (turn: ProviderTurn, sellShare: number): Accounts => {
  const { self, params, memory, world } = turn
  const bill = world.bills.get(self) ?? noBill
  const isRunning = world.ledger.registry.providers.get(self)?.status === "active"
  const payable = (micros: bigint) => (!isRunning || isWorthGas(turn, "dollar.redeem", fromMicros(micros)) ? micros : 0n)
  const [energyMicros, hardwareMicros] = [payable(bill.energyMicros), payable(bill.hardwareMicros)]
  const due = energyMicros + hardwareMicros
  const owed = bill.energyMicros + bill.hardwareMicros
  const collected = collectable(turn)
  const cash = (world.ledger.dollar.balanceMicros.get(self) ?? 0n) + collected
  const actions: Action[] = collected > 0n ? [{ kind: "batches.collect" }] : []
  if (due > cash) actions.push({ kind: "dollar.onRamp", amountMicros: due - cash, purpose: "capital" })
  if (energyMicros > 0n) actions.push({ kind: "dollar.redeem", amountMicros: energyMicros, purpose: "energy" })
  if (hardwareMicros > 0n) actions.push({ kind: "dollar.redeem", amountMicros: hardwareMicros, purpose: "hardware" })

  const instalment = instalmentMicros(self, world)
  const paid = payInstalment(instalment, maxBigint(cash - owed, 0n), params.pocketUsd - memory.addedUsd)
  actions.push(...paid.actions)

  const left = maxBigint(cash - owed - (paid.actions.length > 0 ? instalment : 0n), 0n)
  const next = owed + instalment
  const spare = left - (next * BigInt(reserveDays)) / BigInt(params.accountsEveryDays)
  if (spare > 0n && isWorthGas(turn, "dollar.redeem", fromMicros(spare)))
    actions.push({ kind: "dollar.redeem", amountMicros: spare, purpose: "withdrawal" })

  const tokens = world.ledger.token.balanceWei.get(self) ?? 0n
  const wanted = toWei(fromWei(tokens) * sellShare)
  const needed = left < next ? (cost(world.ledger, "token", next - left) ?? tokens) : 0n
  const sold = minBigint(tokens, maxBigint(wanted, needed))
  const quoted = proceeds(world.ledger, "token", sold)
  if (fromMicros(quoted) >= dustUsd && isWorthGas(turn, "pool.swap", fromMicros(quoted)))
    actions.push({ kind: "pool.swap", sell: "token", amountIn: sold, amountOutMin: worst(quoted, params.slippageShareMax) })
  return { actions, addedUsd: paid.addedUsd }
}

/** What the batches of jobs have credited, where it is worth its gas. */
const collectable = (turn: ProviderTurn): bigint => {
  const micros = turn.world.ledger.batches.collectableMicros.get(turn.self) ?? 0n
  return isWorthGas(turn, "batches.collect", fromMicros(micros)) ? micros : 0n
}

/** Brings dollars and buys the missing stake in the pool. */
export const buyStake = ({ self, params, world }: ProviderTurn, missingWei: bigint): ReadonlyArray<Action> => {
  const price = cost(world.ledger, "dollar", missingWei)
  if (price === undefined) return []
  const pay = toMicros(fromMicros(price) * (1 + params.slippageShareMax))
  const cash = world.ledger.dollar.balanceMicros.get(self) ?? 0n
  const topUp: ReadonlyArray<Action> = pay > cash ? [{ kind: "dollar.onRamp", amountMicros: pay - cash, purpose: "capital" }] : []
  return [...topUp, { kind: "pool.swap", sell: "dollar", amountIn: pay, amountOutMin: missingWei }]
}

const worst = (amount: bigint, slippageShare: number): bigint => (amount * BigInt(Math.round((1 - slippageShare) * 10_000))) / 10_000n
