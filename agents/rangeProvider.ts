import { Schema } from "effect"
import { agentKind, type Decision, type Params, type Turn, usualTipWei } from "../sim/agent.ts"
import { Id } from "../sim/id.ts"
import type { Action } from "../sim/ledger.ts"
import { exp, ln } from "../sim/maths.ts"
import { poolsAt } from "../sim/protocols/pendingPools.ts"
import type { Pool, Position } from "../sim/protocols/pool3.ts"
import { type Amounts, positionAmounts, type Range } from "../sim/protocols/pool3/positionAmounts.ts"
import { usdPerTokenAt } from "../sim/protocols/pool3/price.ts"
import { isInRange, rangeBetween } from "../sim/protocols/pool3/rangeBetween.ts"
import { widestTicks } from "../sim/protocols/pool3/tick.ts"
import { rangedPool } from "../sim/protocols/tradingPool.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { DAYS_PER_YEAR } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { justInTime } from "./justInTime.ts"
import { plus, purseOf, rebalance, valueUsd } from "./purse.ts"

const width = (description: string) => quantity(description, { unit: "ratio", min: 1.0001, max: 1_000 })

const Strategy = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("full") }),
  Schema.Struct({
    kind: Schema.Literal("fixed"),
    lowRatio: quantity("Lower end, against the opening price", { unit: "ratio", min: 0.001, max: 1 }),
    highRatio: quantity("Upper end, against the opening price", { unit: "ratio", min: 1, max: 1_000 }),
  }),
  Schema.Struct({
    kind: Schema.Literal("recentre"),
    widthRatio: width("Range around the price: from it divided by this to it times this"),
    edgeShare: quantity("How far from the middle to the end the price may go before the range follows; 1: out of it", {
      unit: "share",
      min: 0.05,
      max: 1,
    }).pipe(or(1)),
  }),
  Schema.Struct({
    kind: Schema.Literal("justInTime"),
    widthRatio: width("Range around the price: from it divided by this to it times this").pipe(or(1.005)),
    profitUsdMin: quantity("Smallest profit worth two orders", { unit: "USD", min: 0, max: 1e9 }).pipe(or(5)),
  }),
])
/** Those that keep a position from tick to tick. */
type Standing = Exclude<typeof Strategy.Type, { readonly kind: "justInTime" }>

const fields = {
  pool: Id.annotate({ description: "The v3 pool, by the id that it has under `protocols.pools3`" }),
  usd: drawn("Capital at the start, half of it in tokens", { unit: "USD", min: 0, max: 1e10 }),
  strategy: Strategy,
  compoundDays: drawn("How often fees are collected and put in again", { unit: "days", min: 0.25, max: 3_650 }).pipe(or(7)),
  yieldPerYearMin: drawn("Fees less expected loss to arbitrage and own costs that the capital must earn", {
    unit: "share per year",
    min: -10,
    max: 10,
  }).pipe(or(0)),
  memoryDays: drawn("Half-life of the memory of fees, volatility and costs", { unit: "days", min: 0.1, max: 365 }).pipe(or(14)),
  patienceDays: drawn("How long the yield must be wrong before the money moves", { unit: "days", min: 0, max: 365 }).pipe(or(7)),
  slippageShareMax: quantity("Worst price accepted below the quote when it needs the other coin", { unit: "share", min: 0, max: 1 }).pipe(
    or(0.01),
  ),
}

interface Memory {
  readonly isIn: boolean
  readonly compoundedDay: number
  /** What its own swaps lost, and the chain asked, since yesterday. */
  readonly costUsd: number
  readonly costPerDay: number
  /** Yesterday's meter: fees owed to the treasury's full range, which it never collects. */
  readonly meter: Amounts | undefined
  readonly usdPerToken: number
  /** Of a full range. */
  readonly feePerDay: number
  readonly variancePerDay: number
  /** Days in a row on which the yield spoke for the other side. */
  readonly contraryDays: number
}

type Own = Turn<Params<typeof fields>, Memory>

/**
 * Lends its capital to one range of a v3 pool, all of it, a part around the opening price, or one that follows the price, and puts fees in
 * again. Leaves while the fees do not pay for the loss to arbitrageurs that volatility makes it expect (an eighth of the variance, times how
 * much the range concentrates: Milionis et al. 2022), for its own swaps, for the fees of the chain and for the yield that it wants.
 */
export const rangeProvider = agentKind({
  role: "liquidity",
  wave: 2,
  fields,
  endow: ({ usd }, { pool }) => ({ tokens: (usd / 2) * (pool.tokens / pool.usd), usd: usd / 2 }),
  begin: (): Memory => ({
    isIn: true,
    compoundedDay: 0,
    costUsd: 0,
    costPerDay: 0,
    meter: undefined,
    usdPerToken: 0,
    feePerDay: 0,
    variancePerDay: 0,
    contraryDays: 0,
  }),
  decide: (turn): Decision<Memory> => {
    const { self, params, world } = turn
    const { strategy } = params
    const pool = world.ledger.pools3.pools.get(params.pool)
    if (pool === undefined) throw new Error(`unknown pool: ${params.pool}`)
    const own = [...pool.positions].filter(([, { agent }]) => agent === self)
    if (strategy.kind === "justInTime") {
      // A position that outlived its swap, because the order to take it out named another one.
      if (own.length > 0) return { memory: turn.memory, actions: closing(params.pool, own) }
      return { memory: turn.memory, ...justInTime(self, world, params.pool, strategy) }
    }
    const memory = world.now.tickOfDay === 0 ? judge(turn, pool, strategy, own) : turn.memory
    if (!memory.isIn || (strategy.kind === "recentre" && own.some(([, position]) => isAstray(pool, position, strategy.edgeShare))))
      return paying(world, memory, closing(params.pool, own))
    const isDue = world.now.day - memory.compoundedDay >= params.compoundDays
    const [position] = own
    if (position !== undefined && !isDue) return { memory, actions: [] }
    return deposit({ ...turn, memory }, strategy, position)
  },
})

/** Takes everything out. The manager lets a position with debts but without liquidity only be collected. */
const closing = (pool: string, own: ReadonlyArray<readonly [bigint, Position]>): ReadonlyArray<Action> =>
  own.map(([positionId, { liquidity }]) =>
    liquidity > 0n ? { kind: "pool3.decrease", pool, positionId, liquidity } : { kind: "pool3.collect", pool, positionId },
  )

const isAstray = ({ tick }: Pool, { tickLower, tickUpper }: Range, edgeShare: number): boolean =>
  Math.abs(tick - (tickLower + tickUpper) / 2) > (edgeShare * (tickUpper - tickLower)) / 2

/** Puts the purse, and what a position has earned, into its range, or into a new one, with a swap where the range needs other parts. */
const deposit = (
  { self, params, memory, world }: Own,
  strategy: Standing,
  open: readonly [bigint, Position] | undefined,
): Decision<Memory> => {
  const pools = poolsAt(world, self, usualTipWei)
  const pool = rangedPool(pools, params.pool)
  const range = open?.[1] ?? rangeOf(strategy, pool, world)
  const collected: ReadonlyArray<Action> = open === undefined ? [] : [{ kind: "pool3.collect", pool: params.pool, positionId: open[0] }]
  const compounded = { ...memory, compoundedDay: world.now.day }
  // Outside its range a position takes one coin only and earns nothing.
  if (!isInRange(pool, range)) return { memory: compounded, actions: collected }
  const price = usdPerTokenAt(pool)
  const owed = { tokenWei: open?.[1].owedTokenWei ?? 0n, dollarMicros: open?.[1].owedDollarMicros ?? 0n }
  const { actions, purse, costUsd } = rebalance(
    plus(purseOf(self, world.ledger), owed),
    tokenShareOf(pool, range),
    price,
    // A swap in its own pool would move the price that decides which parts the range needs.
    pools.filter(({ id }) => id !== params.pool),
    params.slippageShareMax,
  )
  if (purse.tokenWei === 0n && purse.dollarMicros === 0n) return { memory: compounded, actions: collected }
  const put: Action =
    open === undefined
      ? { kind: "pool3.mint", pool: params.pool, tickLower: range.tickLower, tickUpper: range.tickUpper, ...purse }
      : { kind: "pool3.increase", pool: params.pool, positionId: open[0], ...purse }
  const decision = paying(world, { ...compounded, costUsd: memory.costUsd + costUsd }, [...collected, ...actions, put])
  // What it earned stays where it is until it is more than it costs to put to work.
  return open !== undefined && valueUsd(purse, price) < feesUsd(world, decision.actions) ? { memory, actions: [] } : decision
}

const feesUsd = ({ gas }: World, actions: ReadonlyArray<Action>): number => actions.reduce((sum, { kind }) => sum + gas.feeUsd(kind), 0)

/** Remembers what the chain asks for its actions. */
const paying = (world: World, memory: Memory, actions: ReadonlyArray<Action>): Decision<Memory> => ({
  memory: { ...memory, costUsd: memory.costUsd + feesUsd(world, actions) },
  actions,
})

const rangeOf = (strategy: Standing, pool: Pool, { rules }: World): Range => {
  switch (strategy.kind) {
    case "full":
      return widestTicks(pool.tickSpacing)
    case "fixed": {
      const opening = rules.pool.usd / rules.pool.tokens
      return rangeBetween(pool, opening * strategy.lowRatio, opening * strategy.highRatio)
    }
    case "recentre": {
      const price = usdPerTokenAt(pool)
      return rangeBetween(pool, price / strategy.widthRatio, price * strategy.widthRatio)
    }
  }
}

const someLiquidity = 10n ** 24n

/** Value of a range at the pool's price for each unit of liquidity. */
const valueOf = (pool: Pool, range: Range): number => valueUsd(positionAmounts(pool, range, someLiquidity), usdPerTokenAt(pool))

const tokenShareOf = (pool: Pool, range: Range): number => {
  const amounts = positionAmounts(pool, range, someLiquidity)
  const price = usdPerTokenAt(pool)
  return valueUsd({ ...amounts, dollarMicros: 0n }, price) / valueUsd(amounts, price)
}

/** How many times as much liquidity a dollar gives in the range as in the full one; none outside. */
const concentration = (pool: Pool, range: Range): number =>
  isInRange(pool, range) ? valueOf(pool, widestTicks(pool.tickSpacing)) / valueOf(pool, range) : 0

/** Once a day: what a full range earned and lost, what the own range makes of that, and whether it is time to move. */
const judge = (
  { self, params, memory, world }: Own,
  pool: Pool,
  strategy: Standing,
  own: ReadonlyArray<readonly [bigint, Position]>,
): Memory => {
  const seen = watch(memory, pool, params.memoryDays, capitalUsd(self, world, pool, own))
  if (memory.meter === undefined) return seen
  const range = own[0]?.[1] ?? rangeOf(strategy, pool, world)
  const fullPerDay = seen.feePerDay - seen.variancePerDay / 8
  const yieldPerYear = (fullPerDay * concentration(pool, range) - seen.costPerDay) * DAYS_PER_YEAR
  const isContrary = seen.isIn ? yieldPerYear < params.yieldPerYearMin : yieldPerYear >= params.yieldPerYearMin
  const contraryDays = isContrary ? seen.contraryDays + 1 : 0
  return contraryDays > params.patienceDays ? { ...seen, isIn: !seen.isIn, contraryDays: 0 } : { ...seen, contraryDays }
}

const watch = (before: Memory, pool: Pool, memoryDays: number, capital: number): Memory => {
  const price = usdPerTokenAt(pool)
  const reading = [...pool.positions.values()].find(({ agent }) => agent === "treasury")
  if (reading === undefined) return before
  const meter = { tokenWei: reading.owedTokenWei, dollarMicros: reading.owedDollarMicros }
  if (before.meter === undefined) return { ...before, meter, usdPerToken: price, costUsd: 0 }
  const earned = { tokenWei: meter.tokenWei - before.meter.tokenWei, dollarMicros: meter.dollarMicros - before.meter.dollarMicros }
  const move = ln(price / before.usdPerToken)
  // The first day stands for the days before it.
  const old = before.variancePerDay === 0 ? 0 : exp(-ln(2) / memoryDays)
  const mean = (past: number, today: number) => past * old + today * (1 - old)
  return {
    ...before,
    meter,
    usdPerToken: price,
    costUsd: 0,
    costPerDay: mean(before.costPerDay, capital > 0 ? before.costUsd / capital : 0),
    feePerDay: mean(before.feePerDay, valueUsd(earned, price) / valueUsd(positionAmounts(pool, reading, reading.liquidity), price)),
    variancePerDay: mean(before.variancePerDay, move * move),
  }
}

const capitalUsd = (self: string, { ledger }: World, pool: Pool, own: ReadonlyArray<readonly [bigint, Position]>): number =>
  own.reduce(
    (sum, [, position]) => sum + valueUsd(positionAmounts(pool, position, position.liquidity), usdPerTokenAt(pool)),
    valueUsd(purseOf(self, ledger), usdPerTokenAt(pool)),
  )
