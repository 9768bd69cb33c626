import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { type Side, usdPerShare } from "../sim/protocols/pool.ts"
import { proceeds } from "../sim/protocols/tax.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { DAYS_PER_YEAR, fromMicros, fromWei, SECONDS_PER_DAY, toMicros, toWei } from "../sim/units.ts"
import { bestFarm, farmYieldPerYear } from "./farmYield.ts"
import { deposit } from "./liquidityProvider.ts"
import { type PoolMemory, poolYieldPerYear, unseenPool, watchPool } from "./poolYield.ts"

const fields = {
  capitalUsd: drawn("Dollars looking for a yield", { unit: "USD", min: 0, max: 1e10 }),
  yieldPerYearMin: drawn("Reward and fees less expected loss to arbitrage that the capital must earn", {
    unit: "share per year",
    min: -10,
    max: 100,
  }),
  patienceDays: drawn("How long the yield must be wrong before the money moves", { unit: "days", min: 0, max: 365 }).pipe(or(1)),
  claimDays: drawn("Time between two claims", { unit: "days", min: 0.25, max: 365 }).pipe(or(3)),
  sellShare: drawn("Share of a claimed reward that is sold at once; the rest is kept until the farmer leaves", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.8)),
  memoryDays: drawn("Half-life of the memory of fees and of volatility", { unit: "days", min: 0.1, max: 365 }).pipe(or(14)),
  roundTripShare: quantity("What it expects coming and going to cost", { unit: "share of the capital", min: 0, max: 1 }).pipe(or(0.01)),
  tradeShareMax: quantity("Largest trade in one tick", { unit: "share of the pool", min: 0.0001, max: 1 }).pipe(or(0.01)),
  slippageShareMax: quantity("Worst price accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.03)),
}

interface Memory {
  readonly pool: PoolMemory
  /** When in the day it looks at yields, as a share of the day. */
  readonly officeShare: number
  readonly phase: "out" | "entering" | "farming" | "leaving"
  /** Where it stakes; the last one while it is out. */
  readonly farm: string
  /** Days in a row on which the yield spoke for the other side. */
  readonly contraryDays: number
  readonly claimedDay: number
  /** Tokens that are kept. */
  readonly keptTokens: number
}

type FarmerTurn = Turn<Params<typeof fields>, Memory>

const dustUsd = 1
/** A farm must pay so much more than the present one to be worth a move. */
const moveMargin = 1.1

/**
 * Mercenary capital: sits in dollars until a farm pays enough, buys the other half of a pool position in slices, stakes it, claims and mostly
 * sells the reward, goes where more is paid, and takes everything home when the programme ends or too many have come.
 */
export const farmer = agentKind({
  role: "liquidity",
  fields,
  endow: ({ capitalUsd }) => ({ tokens: 0, usd: capitalUsd }),
  begin: (_params, _rules, rng): Memory => ({
    pool: unseenPool,
    officeShare: rng("office").uniform(),
    phase: "out",
    farm: "",
    contraryDays: 0,
    claimedDay: 0,
    keptTokens: 0,
  }),
  decide: (turn): Decision<Memory> => {
    const memory = review(turn)
    switch (memory.phase) {
      case "out":
        return { memory, actions: [] }
      case "entering":
        return enter(turn, memory)
      case "farming":
        return farm(turn, memory)
      case "leaving":
        return leave(turn, memory)
    }
  },
})

/** Looks at the yields once a day, and changes its plan when they have been wrong for long enough. */
const review = ({ self, params, memory, world }: FarmerTurn): Memory => {
  const { tickOfDay, ticksPerDay } = world.now
  if (tickOfDay !== Math.floor(memory.officeShare * ticksPerDay)) return memory
  const seen = { ...memory, pool: watchPool(memory.pool, world, params.memoryDays) }
  const fees = poolYieldPerYear(seen.pool)
  const isIn = memory.phase === "entering" || memory.phase === "farming"
  const wanted = isIn ? 0n : BigInt(Math.floor(params.capitalUsd / usdPerShare(world.ledger.pool)))
  const best = bestFarm(world, wanted)
  if (memory.phase === "out") {
    const attracts = best !== undefined && best.yieldPerYear + fees - costPerYear(best.id, params, world) >= params.yieldPerYearMin
    const contraryDays = attracts ? memory.contraryDays + 1 : 0
    return contraryDays > params.patienceDays
      ? { ...seen, phase: "entering", farm: best!.id, contraryDays: 0, claimedDay: world.now.day }
      : { ...seen, contraryDays }
  }
  if (!isIn) return seen

  const present = farmYieldPerYear(world.ledger.farms.get(memory.farm)!, world, 0n)
  const own = world.ledger.farms.get(memory.farm)!.shares.get(self) ?? 0n
  const other = bestFarm(world, own)
  const isBetterElsewhere = other !== undefined && other.id !== memory.farm && other.yieldPerYear > present * moveMargin
  const contraryDays = present + fees < params.yieldPerYearMin || isBetterElsewhere ? memory.contraryDays + 1 : 0
  if (contraryDays <= params.patienceDays) return { ...seen, contraryDays }
  const moves = isBetterElsewhere && other.yieldPerYear + fees >= params.yieldPerYearMin
  return moves ? { ...seen, farm: other.id, contraryDays: 0 } : { ...seen, phase: "leaving", contraryDays: 0 }
}

/** Coming and going has to be earned before the programme ends. */
const costPerYear = (farm: string, { roundTripShare }: FarmerTurn["params"], { ledger, now }: FarmerTurn["world"]): number => {
  const daysLeft = (ledger.farms.get(farm)!.endSeconds - now.timestampSeconds) / SECONDS_PER_DAY
  return daysLeft > 0 ? (roundTripShare * DAYS_PER_YEAR) / daysLeft : Infinity
}

const enter = (turn: FarmerTurn, memory: Memory): Decision<Memory> => {
  const { self, params, world } = turn
  const { dollarReserveMicros } = world.ledger.pool
  const [tokensUsd, cashUsd] = [tokensOf(turn) * world.usdPerToken, cashOf(turn)]
  const missingUsd = (cashUsd - tokensUsd) / 2
  const slice = toMicros(Math.min(Math.max(missingUsd, 0), fromMicros(dollarReserveMicros) * params.tradeShareMax))
  const buy = fromMicros(slice) >= dustUsd ? [swap(turn, "dollar", slice)] : []
  // What is left of one side when the other is used up comes from a price that has moved.
  const isDone = buy.length === 0 && Math.min(tokensUsd, cashUsd) < dustUsd
  return {
    memory: isDone ? { ...memory, phase: "farming" } : memory,
    actions: [...stakeHere(turn, memory), ...(tokensUsd >= dustUsd ? deposit(self, world) : []), ...buy],
  }
}

const farm = (turn: FarmerTurn, memory: Memory): Decision<Memory> => {
  const { self, params, world } = turn
  const elsewhere = exits(turn, (id) => id !== memory.farm)
  const earnedWei = world.ledger.farms.get(memory.farm)?.earnedWei.get(self) ?? 0n
  const isClaimDay = world.now.day - memory.claimedDay >= params.claimDays && earnedWei > 0n
  const claim: ReadonlyArray<Action> = isClaimDay ? [{ kind: "farm.claim", farm: memory.farm }] : []
  const newTokens = Math.max(0, tokensOf(turn) - memory.keptTokens)
  const soldTokens = Math.min(newTokens * params.sellShare, fromWei(world.ledger.pool.tokenReserveWei) * params.tradeShareMax)
  const sells = soldTokens * world.usdPerToken >= dustUsd
  return {
    memory: {
      ...memory,
      claimedDay: isClaimDay ? world.now.day : memory.claimedDay,
      keptTokens: sells ? memory.keptTokens + newTokens * (1 - params.sellShare) : memory.keptTokens,
    },
    actions: [...elsewhere, ...stakeHere(turn, memory), ...claim, ...(sells ? [swap(turn, "token", toWei(soldTokens))] : [])],
  }
}

const leave = (turn: FarmerTurn, memory: Memory): Decision<Memory> => {
  const { self, params, world } = turn
  const { pool } = world.ledger
  const staked = exits(turn, () => true)
  if (staked.length > 0) return { memory, actions: staked }
  const shares = pool.shares.get(self) ?? 0n
  if (shares > 0n) return { memory, actions: [{ kind: "pool.removeLiquidity", shares }] }
  const soldTokens = Math.min(tokensOf(turn), fromWei(pool.tokenReserveWei) * params.tradeShareMax)
  if (soldTokens * world.usdPerToken >= dustUsd) return { memory, actions: [swap(turn, "token", toWei(soldTokens))] }
  return { memory: { ...memory, phase: "out", keptTokens: 0 }, actions: [] }
}

const tokensOf = ({ self, world }: FarmerTurn): number => fromWei(world.ledger.token.balanceWei.get(self) ?? 0n)
const cashOf = ({ self, world }: FarmerTurn): number => fromMicros(world.ledger.dollar.balanceMicros.get(self) ?? 0n)

/** Whatever pool shares are at hand go into the farm. */
const stakeHere = ({ self, world }: FarmerTurn, { farm }: Memory): ReadonlyArray<Action> => {
  const shares = world.ledger.pool.shares.get(self) ?? 0n
  return shares > 0n ? [{ kind: "farm.stake", farm, shares }] : []
}

const exits = ({ self, world }: FarmerTurn, where: (farm: string) => boolean): ReadonlyArray<Action> =>
  [...world.ledger.farms].flatMap(([farm, { shares }]) => {
    const staked = shares.get(self) ?? 0n
    return staked > 0n && where(farm) ? [{ kind: "farm.exit" as const, farm, shares: staked }] : []
  })

const swap = ({ params, world }: FarmerTurn, sell: Side, amountIn: bigint): Action => {
  const quoted = proceeds(world.ledger, sell, amountIn)
  return {
    kind: "pool.swap",
    sell,
    amountIn,
    amountOutMin: (quoted * BigInt(Math.round((1 - params.slippageShareMax) * 10_000))) / 10_000n,
  }
}
