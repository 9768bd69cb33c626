import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { exp, ln } from "../sim/maths.ts"
import { saleWithin } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromMicros, fromWei, minBigint, toWei } from "../sim/units.ts"

const fields = {
  tokens: drawn("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  yieldPerYearMin: drawn("What a stake must pay to be worth its unbonding time", { unit: "share per year", min: 0, max: 100 }),
  memoryDays: drawn("Half-life of the memory of what stakes have earned", { unit: "days", min: 0.1, max: 365 }).pipe(or(7)),
  patienceDays: drawn("How long the yield must be too low before the stake is taken out", { unit: "days", min: 0, max: 365 }).pipe(or(5)),
  sellShare: drawn("Share of earned tokens that is sold at once", { unit: "share", min: 0, max: 1 }).pipe(or(0.5)),
  slippageShareMax: quantity("How far below the pool's price a sale may come out", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

interface Memory {
  readonly officeShare: number
  readonly tokensPerStake: number
  readonly usdPerStake: number
  /** Smoothed; undefined until two days can be compared. */
  readonly yieldPerYear: number | undefined
  readonly poorDays: number
  readonly toSellTokens: number
}

type StakerTurn = Turn<Params<typeof fields>, Memory>

/** Below this a claim or a sale is not worth its transaction. */
const dustUsd = 5

/**
 * A holder who compares what stakes have lately earned, in tokens and dollars, with the return that he wants: stakes when it is enough, also
 * for one more, and takes the stake out when it has been too little for a while.
 */
export const staker = agentKind({
  role: "trader",
  fields,
  endow: ({ tokens }) => ({ tokens, usd: 0 }),
  begin: (_params, _rules, rng): Memory => ({
    officeShare: rng("office").uniform(),
    tokensPerStake: 0,
    usdPerStake: 0,
    yieldPerYear: undefined,
    poorDays: 0,
    toSellTokens: 0,
  }),
  decide: (turn): Decision<Memory> => {
    const { self, memory, params, world } = turn
    const { tickOfDay, ticksPerDay, timestampSeconds } = world.now
    if (tickOfDay !== Math.floor(memory.officeShare * ticksPerDay)) return { memory, actions: [] }
    const { staking, token, dollar } = world.ledger
    const own = staking.stakers.get(self)
    const stakedWei = own?.stakedWei ?? 0n
    const freeWei = token.balanceWei.get(self) ?? 0n
    const yieldPerYear = observedYield(turn)
    // One more stake takes its part of what there is to earn.
    const diluted = yieldPerYear * (stakedWei > 0n ? 1 : Number(staking.stakedWei) / Number(staking.stakedWei + freeWei || 1n))
    const wanted = staking.stakedWei === 0n ? isPaid(turn) : diluted >= params.yieldPerYearMin
    const poorDays = wanted ? 0 : memory.poorDays + 1

    const actions: Array<Action> = []
    const earnedUsd = own === undefined ? 0 : fromWei(own.earnedWei) * world.usdPerToken + fromMicros(own.earnedMicros)
    let toSellTokens = memory.toSellTokens
    if (own !== undefined && earnedUsd >= dustUsd) {
      actions.push({ kind: "staking.claim" })
      toSellTokens += fromWei(own.earnedWei) * params.sellShare
    }
    if (own !== undefined && own.unbondingWei > 0n && timestampSeconds >= own.unbondsAtSeconds) actions.push({ kind: "staking.withdraw" })
    if (stakedWei > 0n && poorDays > params.patienceDays) actions.push({ kind: "staking.requestUnstake", amountWei: stakedWei })

    const sale = saleOf(turn, toSellTokens)
    if (sale !== undefined) {
      actions.push(sale)
      toSellTokens -= fromWei(sale.amountIn)
    }
    const restWei = freeWei - (sale?.amountIn ?? 0n) - toWei(Math.max(0, toSellTokens))
    if (wanted && fromWei(restWei) * world.usdPerToken >= dustUsd) actions.push({ kind: "staking.stake", amountWei: restWei })
    const cash = dollar.balanceMicros.get(self) ?? 0n
    if (fromMicros(cash) >= dustUsd) actions.push({ kind: "dollar.redeem", amountMicros: cash, purpose: "withdrawal" })
    return {
      memory: {
        ...memory,
        tokensPerStake: staking.tokensPerStake,
        usdPerStake: staking.usdPerStake,
        yieldPerYear: staking.stakedWei === 0n ? undefined : yieldPerYear,
        poorDays,
        toSellTokens,
      },
      actions,
    }
  },
})

/** What a staked token has earned since yesterday, over its price, as a yearly rate, smoothed. */
const observedYield = ({ memory, params, world }: StakerTurn): number => {
  const { tokensPerStake, usdPerStake } = world.ledger.staking
  const today =
    (tokensPerStake - memory.tokensPerStake + (usdPerStake - memory.usdPerStake) / Math.max(world.usdPerToken, 1e-9)) * DAYS_PER_YEAR
  if (memory.yieldPerYear === undefined) return today
  const keep = exp(-ln(2) / params.memoryDays)
  return memory.yieldPerYear * keep + today * (1 - keep)
}

/** Whoever is the first gets everything. */
const isPaid = ({ world }: StakerTurn): boolean => {
  const { staking } = world.rules
  return staking !== undefined && staking.emissionBps + staking.feeBps > 0
}

const saleOf = ({ self, params, world }: StakerTurn, tokens: number) => {
  const { pool, token } = world.ledger
  const ownWei = token.balanceWei.get(self) ?? 0n
  const amountIn = minBigint(minBigint(toWei(tokens), ownWei), saleWithin(pool, params.slippageShareMax))
  if (fromWei(amountIn) * world.usdPerToken < dustUsd) return undefined
  const expected = proceeds(world.ledger, "token", amountIn)
  const amountOutMin = leastOut(expected, params.slippageShareMax)
  return { kind: "pool.swap", sell: "token", amountIn, amountOutMin } as const
}
