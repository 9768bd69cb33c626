import { Schema } from "effect"
import { agentKind, type Decision, type Params, type Turn, usualTipWei } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { type GatedPool, gatedPoolAt, gatedSale } from "../sim/protocols/gatedPool.ts"
import { isDelisted } from "../sim/protocols/kyc.ts"
import { poolsAt } from "../sim/protocols/pendingPools.ts"
import { saleWithin, type Side } from "../sim/protocols/pool.ts"
import { bestSale } from "../sim/protocols/splitSale.ts"
import { swapAction, type TradingPool } from "../sim/protocols/tradingPool.ts"
import { leastOut } from "../sim/protocols/leastOut.ts"
import { count, drawn, or, quantity } from "../sim/quantity.ts"
import { AMOUNT_MAX, DAYS_PER_YEAR, fromMicros, fromWei, maxBigint, minBigint, toMicros, toWei } from "../sim/units.ts"
import { canTrade, firstYearUsd, keepVerified, memberOf, openStanding, type Standing, verificationFields } from "./verification.ts"

const fields = {
  access: Schema.Literals(["gated", "open", "cheapest"]).annotate({
    description:
      "Where it may trade: an institution in the gated venue only; who shuns identification in the open one only; or wherever it is cheaper after all costs, and then it is verified as soon as that pays",
  }),
  ...verificationFields,
  tokens: drawn("Own tokens at the start", { unit: "tokens", min: 0, max: 1e10 }),
  usd: drawn("Own dollars at the start; more are wired when a purchase needs them", { unit: "USD", min: 0, max: 1e10 }),
  tradesPerDay: drawn("Purchases and sales, at random times", { unit: "trades per day", min: 0, max: 10_000 }),
  usdPerTrade: drawn("Median size of a trade", { unit: "USD", min: 0.01, max: 1e9 }),
  sizeSigma: quantity("How much sizes differ: standard deviation of their logarithm", { unit: "log", min: 0, max: 3 }).pipe(or(1)),
  buyShare: drawn("Part of the trades that are purchases", { unit: "share", min: 0, max: 1 }).pipe(or(0.5)),
  slippageShareMax: quantity("Worst price accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
  trialDays: count("Time for which it watches what the other venue would have saved before it decides", {
    unit: "days",
    min: 1,
    max: 365,
  }).pipe(or(14)),
  exitDays: quantity("Time in which it sells what it holds when it is struck off", { unit: "days", min: 0.25, max: 365 }).pipe(or(5)),
}

interface Memory {
  readonly standing: Standing
  /** What the gated venue would have saved it, in trades that it made in the open one. */
  readonly missedUsd: number
  /** The twin that it sells in a tick after it was struck off; 0 before that. */
  readonly exitWei: bigint
}

type TraderTurn = Turn<Params<typeof fields>, Memory>

/** A trade that is not worth more than this is not made. */
const dustUsd = 1

/**
 * People and firms who trade for reasons of their own, as `trader` does, and differ in where they may: see `access`. Who is struck off sells or
 * takes out what it holds of the twin, by the venue's rules.
 */
export const regulatedTrader = agentKind({
  role: "trader",
  wave: 1,
  fields,
  endow: ({ access, tokens, usd }) => ({ tokens, usd, mayBeVerified: access !== "open" }),
  begin: (params, rules, rng): Memory => ({ standing: openStanding(params, rules, rng), missedUsd: 0, exitWei: 0n }),
  decide: (turn): Decision<Memory> => {
    const { self, params, memory, world } = turn
    const { standing, actions } = keepVerified(self, memory.standing, wantsVerification(turn), params, world)
    const seen = { ...memory, standing }
    if (mustLeave(turn)) return leave(turn, seen, actions)
    const { access } = params
    const custody: ReadonlyArray<Action> =
      access === "gated" && canTrade(self, world) && purse(turn).openWei > 0n ? [{ kind: "kyc.wrap", amountWei: purse(turn).openWei }] : []
    const traded = trade(turn)
    return { memory: { ...seen, missedUsd: memory.missedUsd + traded.missedUsd }, actions: [...actions, ...custody, ...traded.actions] }
  },
})

const wantsVerification = ({ params, memory, world }: TraderTurn): boolean => {
  if (params.access !== "cheapest") return params.access === "gated"
  const { day } = world.now
  if (day < params.trialDays) return false
  return (memory.missedUsd / day) * DAYS_PER_YEAR > firstYearUsd(params, world.rules)
}

interface Purse {
  readonly openWei: bigint
  readonly gatedWei: bigint
  readonly dollarMicros: bigint
}

const purse = ({ self, world }: TraderTurn): Purse => ({
  openWei: world.ledger.token.balanceWei.get(self) ?? 0n,
  gatedWei: memberOf(self, world).balanceWei,
  dollarMicros: world.ledger.dollar.balanceMicros.get(self) ?? 0n,
})

/** Holds the twin and has been struck off. */
const mustLeave = ({ self, world, memory }: TraderTurn): boolean => {
  const { kyc } = world.rules
  const { balanceWei, isVerified } = memberOf(self, world)
  return kyc !== undefined && balanceWei > 0n && !isVerified && isDelisted(kyc, memory.standing.country, world.now.day)
}

/** Who may hold the network token takes it out at once, where the rules let it; everybody else sells over some days. */
const leave = ({ self, params, world, memory }: TraderTurn, seen: Memory, actions: ReadonlyArray<Action>): Decision<Memory> => {
  const { balanceWei, isFrozen } = memberOf(self, world)
  if (isFrozen || world.ledger.kyc.isPaused) return { memory: seen, actions }
  if (params.access === "cheapest" && world.rules.kyc?.delisting?.exit === "unwrap")
    return { memory: seen, actions: [...actions, { kind: "kyc.unwrap", amountWei: balanceWei }] }
  const ticks = BigInt(Math.ceil(params.exitDays * world.now.ticksPerDay))
  const exitWei = memory.exitWei > 0n ? memory.exitWei : maxBigint(balanceWei / ticks, 1n)
  const pool = gatedPoolAt(world, self, usualTipWei)
  const wanted = fromWei(balanceWei - exitWei) * world.usdPerToken < dustUsd ? balanceWei : exitWei
  const amountIn = minBigint(wanted, saleWithin({ tokenReserveWei: pool.tokenWei }, params.slippageShareMax))
  const amountOutMin = leastOut(gatedSale(pool, "token", amountIn).amountOut, params.slippageShareMax)
  return {
    memory: { ...seen, exitWei },
    actions: amountIn === 0n ? actions : [...actions, { kind: "kyc.swap", sell: "token", amountIn, amountOutMin }],
  }
}

interface Offer {
  readonly netUsd: number
  readonly actions: ReadonlyArray<Action>
  /** What the trade leaves, but for what it brings in, which is spent in the next tick at the earliest. */
  readonly purse: Purse
  readonly gated: GatedPool
  readonly pools: ReadonlyArray<TradingPool>
}

const trade = (turn: TraderTurn): { readonly actions: ReadonlyArray<Action>; readonly missedUsd: number } => {
  const { self, params, world, rng } = turn
  const isIn = canTrade(self, world)
  // A pool in which nobody can trade yet has no price to speak of.
  const isAlive =
    !world.ledger.kyc.isPaused &&
    [...world.ledger.kyc.members.values()].some(({ isVerified, requestedAtSeconds }) => isVerified && requestedAtSeconds > 0)
  let gated = gatedPoolAt(world, self, usualTipWei)
  let pools = poolsAt(world, self, usualTipWei)
  let held = purse(turn)
  // What is being taken into custody in this tick counts as there.
  if (params.access === "gated" && isIn) held = { ...held, openWei: 0n, gatedWei: held.gatedWei + held.openWei }
  const actions: Array<Action> = []
  let missedUsd = 0
  const trades = rng("arrivals").poisson(params.tradesPerDay / world.now.ticksPerDay)
  for (let index = 0; index < trades; index++) {
    const sell: Side = rng("side").chance(params.buyShare) ? "dollar" : "token"
    const usd = rng("size").lognormal(params.usdPerTrade, params.sizeSigma)
    const wanted = sell === "dollar" ? toMicros(Math.min(usd, AMOUNT_MAX)) : toWei(Math.min(usd / world.usdPerToken, AMOUNT_MAX))
    const inOpen = params.access === "gated" ? undefined : openOffer(turn, sell, wanted, held, isIn, gated, pools)
    const inGated = params.access === "open" ? undefined : gatedOffer(turn, sell, wanted, held, gated, pools)
    if (!isIn && isAlive && inOpen !== undefined && inGated !== undefined) missedUsd += Math.max(0, inGated.netUsd - inOpen.netUsd)
    const offers = [inOpen, isIn ? inGated : undefined].filter((offer) => offer !== undefined)
    const best = offers.toSorted((a, b) => b.netUsd - a.netUsd)[0]
    if (best === undefined || best.netUsd < dustUsd) continue
    if (sell === "dollar" && wanted > held.dollarMicros) {
      actions.push({ kind: "dollar.onRamp", amountMicros: wanted - held.dollarMicros, purpose: "capital" })
    }
    actions.push(...best.actions)
    held = best.purse
    gated = best.gated
    pools = best.pools
  }
  return { actions, missedUsd }
}

/** Of either token it has both, where it may go through the gate. */
const openOffer = (
  { params, world }: TraderTurn,
  sell: Side,
  wanted: bigint,
  held: Purse,
  isIn: boolean,
  gated: GatedPool,
  pools: ReadonlyArray<TradingPool>,
): Offer | undefined => {
  const amountIn = sell === "dollar" ? wanted : minBigint(wanted, held.openWei + (isIn ? held.gatedWei : 0n))
  if (amountIn === 0n) return undefined
  const sale = bestSale(pools, sell, amountIn)
  const throughGate = sell === "token" ? maxBigint(amountIn - held.openWei, 0n) : 0n
  const feesUsd = world.gas.feeUsd(`${sale.pool.kind}.swap`) + (throughGate > 0n ? world.gas.feeUsd("kyc.unwrap") : 0)
  return {
    netUsd: worthUsd(sell, sale.amountOut, world.usdPerToken) - feesUsd,
    actions: [
      ...(throughGate > 0n ? [{ kind: "kyc.unwrap", amountWei: throughGate } as const] : []),
      swapAction(sale.pool, sell, amountIn, leastOut(sale.amountOut, params.slippageShareMax)),
    ],
    purse:
      sell === "dollar"
        ? { ...held, dollarMicros: maxBigint(held.dollarMicros - amountIn, 0n) }
        : { ...held, openWei: held.openWei + throughGate - amountIn, gatedWei: held.gatedWei - throughGate },
    gated,
    pools: pools.map((pool) => (pool === sale.pool ? sale.after : pool)),
  }
}

const gatedOffer = (
  { params, world }: TraderTurn,
  sell: Side,
  wanted: bigint,
  held: Purse,
  gated: GatedPool,
  pools: ReadonlyArray<TradingPool>,
): Offer | undefined => {
  const amountIn = sell === "dollar" ? wanted : minBigint(wanted, held.openWei + held.gatedWei)
  if (amountIn === 0n) return undefined
  const { amountOut, after } = gatedSale(gated, sell, amountIn)
  const throughGate = sell === "token" ? maxBigint(amountIn - held.gatedWei, 0n) : 0n
  const feesUsd = world.gas.feeUsd("kyc.swap") + (throughGate > 0n ? world.gas.feeUsd("kyc.wrap") : 0)
  return {
    netUsd: worthUsd(sell, amountOut, world.usdPerToken) - feesUsd,
    actions: [
      ...(throughGate > 0n ? [{ kind: "kyc.wrap", amountWei: throughGate } as const] : []),
      { kind: "kyc.swap", sell, amountIn, amountOutMin: leastOut(amountOut, params.slippageShareMax) },
    ],
    purse:
      sell === "dollar"
        ? { ...held, dollarMicros: maxBigint(held.dollarMicros - amountIn, 0n) }
        : { ...held, openWei: held.openWei - throughGate, gatedWei: held.gatedWei + throughGate - amountIn },
    gated: after,
    pools,
  }
}

const worthUsd = (sell: Side, amountOut: bigint, usdPerToken: number): number =>
  sell === "dollar" ? fromWei(amountOut) * usdPerToken : fromMicros(amountOut)
