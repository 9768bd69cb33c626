import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import type { Action } from "../sim/ledger.ts"
import { amountOut } from "../sim/protocols/pool.ts"
import { strategyAccount } from "../sim/protocols/vault.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { fromWei, maxBigint } from "../sim/units.ts"
import { allocate } from "./allocate.ts"

const fields = {
  workHours: drawn("Time between two rounds of its work", { unit: "hours", min: 1, max: 8_760 }).pipe(or(24)),
  harvestUsdMin: quantity("Smallest reward worth a harvest", { unit: "USD", min: 0, max: 1e9 }).pipe(or(20)),
  moveShareMin: quantity("Smallest move worth making", { unit: "share of the vault", min: 0, max: 1 }).pipe(or(0.02)),
  idleShare: quantity("Part that stays in the vault, for withdrawals", { unit: "share of the vault", min: 0, max: 1 }).pipe(or(0.01)),
  slippageShareMax: quantity("Worst harvest accepted below the quote", { unit: "share", min: 0, max: 1 }).pipe(or(0.05)),
}

interface Memory {
  readonly workedHour: number
}

type StrategistTurn = Turn<Params<typeof fields>, Memory>

/**
 * Keeps the vault: harvests strategies whose reward is worth it, and divides the deposits over the farms so that they earn most, counting that
 * its own stake dilutes the reward. Where nothing is paid any more it takes the deposits back.
 */
export const strategist = agentKind({
  role: "keeper",
  fields,
  endow: () => ({ tokens: 0, usd: 0 }),
  begin: (): Memory => ({ workedHour: -Infinity }),
  decide: (turn): Decision<Memory> => {
    const { params, memory, world } = turn
    const hour = (world.now.tick - 1) * world.now.hours
    if (hour - memory.workedHour < params.workHours) return { memory, actions: [] }
    return { memory: { workedHour: hour }, actions: [...harvests(turn), ...moves(turn)] }
  },
})

const harvests = ({ params, world }: StrategistTurn): ReadonlyArray<Action> =>
  [...world.ledger.vault.strategies.keys()].flatMap((farm): ReadonlyArray<Action> => {
    const earnedWei = world.ledger.farms.get(farm)!.earnedWei.get(strategyAccount(farm)) ?? 0n
    if (fromWei(earnedWei) * world.usdPerToken < params.harvestUsdMin || earnedWei === 0n) return []
    // Half is sold, and what comes of it is that part of the pool's dollars; the fee and the push on the price are in the quote.
    const { tokenReserveWei, dollarReserveMicros, totalShares } = world.ledger.pool
    const shares = (amountOut(earnedWei / 2n, tokenReserveWei, dollarReserveMicros) * totalShares) / dollarReserveMicros
    return [{ kind: "vault.harvest", farm, profitMin: (shares * BigInt(Math.round((1 - params.slippageShareMax) * 10_000))) / 10_000n }]
  })

const moves = ({ params, world }: StrategistTurn): ReadonlyArray<Action> => {
  const { vault, farms } = world.ledger
  const total = [...vault.strategies.values()].reduce((sum, { held }) => sum + held, vault.idle)
  const offers = [...vault.strategies].map(([id, { held }]) => ({
    id,
    reward: fromWei(farms.get(id)!.rewardWeiPerDay),
    othersStake: Number(farms.get(id)!.totalShares - held),
  }))
  const wanted = allocate(Number(total) * (1 - params.idleShare), offers)
  const targets = [...vault.strategies].map(([farm, { debt }]) => ({ farm, debt, target: BigInt(Math.floor(wanted.get(farm)!)) }))
  const down = targets.filter(({ debt, target }) => target < debt)
  const up = targets.filter(({ debt, target }) => target > debt)
  const freed = down.reduce((sum, { debt, target }) => sum + debt - target, 0n)
  const placed = up.reduce((sum, { debt, target }) => sum + target - debt, 0n)
  if (Number(maxBigint(freed, placed)) <= Number(total) * params.moveShareMin) return []
  return [...down, ...up].map(({ farm, target }) => ({ kind: "vault.rebalance", farm, debt: target }))
}
