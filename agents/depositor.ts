import { agentKind, type Decision, type Params, type Turn } from "../sim/agent.ts"
import { drawn, or, quantity } from "../sim/quantity.ts"
import { strategyAccount } from "../sim/protocols/vault.ts"
import { DAYS_PER_YEAR, HOURS_PER_DAY } from "../sim/units.ts"
import { bestFarm, farmYieldPerYear } from "./farmYield.ts"
import { deposit } from "./liquidityProvider.ts"
import { type PoolMemory, poolYieldPerYear, unseenPool, watchPool } from "./poolYield.ts"

const fields = {
  poolWeight: drawn("Share of the opening liquidity, relative to the other liquidity providers", { unit: "weight", min: 0, max: 1e6 }).pipe(
    or(1),
  ),
  startDay: drawn("First day on which it looks at the vault", { unit: "days", min: 0, max: 3_650 }).pipe(or(0)),
  vaultYieldPerYearMin: drawn("What the vault must add to the pool's own yield", { unit: "share per year", min: -10, max: 100 }).pipe(
    or(0.05),
  ),
  yieldPerYearMin: drawn("Fees less expected loss to arbitrage, and the vault's yield, that the capital must earn", {
    unit: "share per year",
    min: -10,
    max: 10,
  }).pipe(or(0)),
  memoryDays: drawn("Half-life of the memory of fees and of volatility", { unit: "days", min: 0.1, max: 365 }).pipe(or(7)),
  patienceDays: drawn("How long the yield must be wrong before the money moves", { unit: "days", min: 0, max: 365 }).pipe(or(3)),
  roundingShareMax: quantity("Most that the vault's rounding may take of a deposit, at the price of the last block", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.001)),
}

interface Memory {
  readonly pool: PoolMemory
  readonly contraryDays: number
  /** The vault did not earn what its farms paid: somebody sleeps. */
  readonly isDisappointed: boolean
}

type DepositorTurn = Turn<Params<typeof fields>, Memory>

/**
 * A liquidity provider who gives its pool shares to the vault when what the best farm would pay on them, after the vault's fee, adds enough to
 * what the pool earns by itself. Stays while the vault earns or releases so much, and never comes back to one that did not earn what was to
 * be had. Leaves the pool too when both together are not enough.
 */
export const depositor = agentKind({
  role: "liquidity",
  fields,
  endow: ({ poolWeight }) => ({ tokens: 0, usd: 0, poolWeight }),
  begin: (): Memory => ({ pool: unseenPool, contraryDays: 0, isDisappointed: false }),
  decide: (turn): Decision<Memory> => {
    const { self, params, memory, world } = turn
    const { ledger, now } = world
    if (now.tickOfDay !== 0) return { memory, actions: [] }
    const seen = { ...memory, pool: watchPool(memory.pool, world, params.memoryDays) }
    if (memory.pool.growthPerShare === 0 || now.day < params.startDay) return { memory: seen, actions: [] }

    const poolShares = ledger.pool.shares.get(self) ?? 0n
    const vaultShares = ledger.vault.shares.get(self) ?? 0n
    const promised = promisedPerYear(turn, poolShares)
    const vaultYield = vaultShares > 0n ? earnedPerYear(turn) : memory.isDisappointed ? 0 : promised
    const isWorthIt = vaultYield >= params.vaultYieldPerYearMin
    const isInPool = poolShares > 0n || vaultShares > 0n
    const wantsPool = poolYieldPerYear(seen.pool) + (isWorthIt ? vaultYield : 0) >= params.yieldPerYearMin
    const wantsVault = wantsPool && isWorthIt
    const isContrary = isInPool !== wantsPool || (vaultShares > 0n && !wantsVault) || (poolShares > 0n && wantsVault)
    const contraryDays = isContrary ? memory.contraryDays + 1 : 0
    if (contraryDays <= params.patienceDays) return { memory: { ...seen, contraryDays }, actions: [] }

    const settled = { ...seen, contraryDays: 0 }
    if (!isInPool) return { memory: settled, actions: deposit(self, world) }
    if (wantsVault) return { memory: settled, actions: roundsFairly(turn, poolShares) ? [{ kind: "vault.deposit", poolShares }] : [] }
    if (vaultShares > 0n) {
      const isDisappointed = memory.isDisappointed || (!isWorthIt && promised >= params.vaultYieldPerYearMin)
      // What comes out of the vault today leaves the pool tomorrow, if it still should.
      return { memory: { ...seen, contraryDays: params.patienceDays, isDisappointed }, actions: [{ kind: "vault.redeem", vaultShares }] }
    }
    return { memory: settled, actions: [{ kind: "pool.removeLiquidity", shares: poolShares }] }
  },
})

const keptShare = ({ world }: DepositorTurn): number => 1 - (world.rules.vault?.performanceFeeBps ?? 0) / 10_000

/** What the best farm would pay after the vault's fee, with this deposit in it. */
const promisedPerYear = (turn: DepositorTurn, poolShares: bigint): number =>
  (bestFarm(turn.world, poolShares + turn.world.ledger.vault.idle)?.yieldPerYear ?? 0) * keptShare(turn)

/** What the vault's stakes earn now, or what it releases of earlier profit, whichever is more. */
const earnedPerYear = (turn: DepositorTurn): number => {
  const { farms, vault } = turn.world.ledger
  let reward = 0
  for (const [id, farm] of farms) reward += farmYieldPerYear(farm, turn.world, 0n) * Number(farm.shares.get(strategyAccount(id)) ?? 0n)
  const unlockHours = turn.world.rules.vault?.profitUnlockHours ?? 0
  const released = unlockHours > 0 ? (Number(vault.lockedProfit) * HOURS_PER_DAY * DAYS_PER_YEAR) / unlockHours : 0
  return Math.max(reward * keptShare(turn), released) / Math.max(Number(vault.assets), 1)
}

/** Vault shares round down; a vault of few and dear shares takes what the rounding leaves. */
const roundsFairly = ({ params, world }: DepositorTurn, poolShares: bigint): boolean => {
  const { assets, totalShares } = world.ledger.vault
  if (totalShares === 0n || assets === 0n) return true
  const vaultShares = (poolShares * totalShares) / assets
  return Number((vaultShares * assets) / totalShares) >= Number(poolShares) * (1 - params.roundingShareMax)
}
