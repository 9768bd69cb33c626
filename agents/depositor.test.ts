import { describe, expect, it } from "vitest"
import type { Farm } from "../sim/protocols/farm.ts"
import { noVault, type View as Vault } from "../sim/protocols/vault.ts"
import { toMicros, toWei } from "../sim/units.ts"
import { depositor } from "./depositor.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = {
  poolWeight: 1,
  startDay: 0,
  vaultYieldPerYearMin: 0.2,
  yieldPerYearMin: -1,
  memoryDays: 7,
  patienceDays: 2,
  roundingShareMax: 0.001,
}
const self = "agent-1"

interface Scene {
  readonly rewardTokensPerDay?: number
  readonly inHand?: bigint
  readonly vault?: Partial<Vault>
  readonly strategyShares?: bigint
  readonly move?: number
  readonly usd?: number
}

/** The first tick of a day of a pool of a million dollars on both sides; a tenth of its billion shares is staked. */
const on = (day: number, { rewardTokensPerDay = 0, inHand = 0n, vault = {}, strategyShares = 0n, move = 0, usd = 0 }: Scene) => {
  const farm: Farm = {
    kind: "stakingRewards",
    startSeconds: 0,
    endSeconds: 4e9,
    rewardWeiPerDay: toWei(rewardTokensPerDay),
    totalShares: 100_000_000n,
    shares: new Map([["strategy.a", strategyShares]]),
    earnedWei: new Map(),
    purse: "farm.a",
  }
  const root = Math.sqrt(day % 2 === 0 ? 1 : 1 + move)
  const world = calmWorld({
    tick: day * 4 + 1,
    ledger: {
      pool: {
        tokenReserveWei: toWei(2_000_000 / root),
        dollarReserveMicros: toMicros(1_000_000 * root),
        totalShares: 1_000_000_000n,
        shares: new Map([[self, inHand]]),
      },
      token: { supplyWei: 0n, balanceWei: new Map([[self, toWei(usd * 2)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, toMicros(usd)]]) },
      farms: new Map([["a", farm]]),
      vault: { ...noVault, ...vault },
    },
  })
  return {
    ...world,
    rules: {
      ...world.rules,
      vault: { guard: "virtualShares" as const, decimalsOffset: 6, profitUnlockHours: 24, performanceFeeBps: 1_000 },
    },
  }
}

const days = (from: number, to: number, scene: Scene, agent = actOut(depositor, params, self)) => {
  const decisions = Array.from({ length: to - from + 1 }, (_, index) => agent.turn(on(from + index, scene)))
  return { agent, actions: decisions.flatMap(({ actions }) => actions), decisions }
}
const mine: Partial<Vault> = {
  assets: 10_000_000n,
  totalShares: 10_000_000_000_000n,
  strategies: new Map([["a", { debt: 10_000_000n, held: 10_000_000n }]]),
  shares: new Map([[self, 5_000_000_000_000n]]),
  worth: new Map([[self, 5_000_000n]]),
}

describe("depositor", () => {
  it("keeps its pool shares while the farms promise too little after the fee, and deposits when they promise enough", () => {
    // 227 tokens a day at 0.5 USD on 210,000 USD are 19.7 %, less a tenth.
    expect(days(0, 20, { rewardTokensPerDay: 227, inHand: 5_000_000n }).actions).toEqual([])
    const { decisions } = days(0, 20, { rewardTokensPerDay: 280, inHand: 5_000_000n })
    expect(decisions.slice(0, 3).flatMap(({ actions }) => actions)).toEqual([])
    expect(actionsOf(decisions[3]!, "vault.deposit")).toEqual([{ kind: "vault.deposit", poolShares: 5_000_000n }])
  })

  it("does not deposit where rounding would take it", () => {
    const inflated = { assets: 10n ** 12n, totalShares: 1n }
    expect(days(0, 20, { rewardTokensPerDay: 280, inHand: 5_000_000n, vault: inflated }).actions).toEqual([])
  })

  it("stays while the vault earns, or releases what it earned", () => {
    expect(days(0, 20, { rewardTokensPerDay: 280, vault: mine, strategyShares: 10_000_000n }).actions).toEqual([])
    expect(days(0, 20, { vault: { ...mine, lockedProfit: 10_000n } }).actions).toEqual([])
  })

  it("leaves when the rewards have ended", () => {
    const { actions } = days(0, 5, { vault: mine, strategyShares: 10_000_000n })
    expect(actions[0]).toEqual({ kind: "vault.redeem", vaultShares: 5_000_000_000_000n })
  })

  it("leaves a vault whose keeper sleeps, and does not come back", () => {
    const { agent, actions } = days(0, 3, { rewardTokensPerDay: 280, vault: { ...mine, strategies: new Map() } })
    expect(actions).toEqual([{ kind: "vault.redeem", vaultShares: 5_000_000_000_000n }])
    expect(days(4, 30, { rewardTokensPerDay: 280, inHand: 5_000_000n }, agent).actions).toEqual([])
  })

  it("leaves the pool too when volatility eats fees and reward, and comes back when it does not", () => {
    const { agent, actions } = days(0, 10, { inHand: 5_000_000n, move: 0.3 })
    expect(actions[0]).toEqual({ kind: "pool.removeLiquidity", shares: 5_000_000n })
    expect(days(11, 80, { usd: 1_000 }, agent).actions.map(({ kind }) => kind)).toContain("pool.addLiquidity")
  })
})
