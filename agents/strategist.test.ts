import { describe, expect, it } from "vitest"
import type { Farm } from "../sim/protocols/farm.ts"
import { noVault } from "../sim/protocols/vault.ts"
import { toWei } from "../sim/units.ts"
import { strategist } from "./strategist.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = { workHours: 24, harvestUsdMin: 20, moveShareMin: 0.02, idleShare: 0, slippageShareMax: 0.05 }

interface Place {
  readonly reward: number
  readonly others: bigint
  readonly debt: bigint
  readonly earned?: number
}

const at = (tick: number, idle: bigint, places: Readonly<Record<string, Place>>) =>
  calmWorld({
    tick,
    ledger: {
      farms: new Map(
        Object.entries(places).map(([id, { reward, others, debt, earned = 0 }]): [string, Farm] => [
          id,
          {
            kind: "stakingRewards",
            startSeconds: 0,
            endSeconds: 4e9,
            rewardWeiPerDay: toWei(reward),
            totalShares: others + debt,
            shares: new Map([[`strategy.${id}`, debt]]),
            earnedWei: new Map([[`strategy.${id}`, toWei(earned)]]),
            purse: `farm.${id}`,
          },
        ]),
      ),
      vault: { ...noVault, idle, strategies: new Map(Object.entries(places).map(([id, { debt }]) => [id, { debt, held: debt }])) },
    },
  })

const work = (idle: bigint, places: Readonly<Record<string, Place>>) => actOut(strategist, params).turn(at(1, idle, places))

describe("strategist", () => {
  it("puts deposits where they earn most, first what has to be taken out", () => {
    const even = { reward: 100, others: 1_000_000n }
    const [down, up] = actionsOf(work(0n, { a: { ...even, debt: 1_000_000n }, b: { ...even, debt: 0n } }), "vault.rebalance")
    expect(down).toMatchObject({ farm: "a" })
    expect(up).toMatchObject({ farm: "b" })
    for (const { debt } of [down!, up!]) expect(Number(debt)).toBeCloseTo(500_000, -1)
  })

  it("never asks for more than there is", () => {
    const places = { a: { reward: 70, others: 3_000_000n, debt: 999_999n }, b: { reward: 45, others: 700_001n, debt: 123_457n } }
    const moves = actionsOf(work(7_777n, places), "vault.rebalance")
    const total = moves.reduce((sum, { debt }) => sum + debt, 0n)
    expect(moves).toHaveLength(2)
    expect(total).toBeLessThanOrEqual(7_777n + 999_999n + 123_457n)
  })

  it("leaves small differences alone", () => {
    const even = { reward: 100, others: 1_000_000n }
    expect(work(0n, { a: { ...even, debt: 505_000n }, b: { ...even, debt: 495_000n } }).actions).toEqual([])
  })

  it("takes everything back when nothing is paid any more", () => {
    expect(work(0n, { a: { reward: 0, others: 1_000_000n, debt: 500_000n } }).actions).toEqual([
      { kind: "vault.rebalance", farm: "a", debt: 0n },
    ])
  })

  it("harvests what is worth it, and accepts no bad price", () => {
    const place = { reward: 100, others: 1_000_000n, debt: 1_000_000n }
    expect(actionsOf(work(0n, { a: { ...place, earned: 39 } }), "vault.harvest")).toEqual([])
    const [harvest] = actionsOf(work(0n, { a: { ...place, earned: 400 } }), "vault.harvest")
    // 400 tokens are 200 USD of a pool that is worth a million and has a billion shares.
    expect(Number(harvest!.profitMin)).toBeGreaterThan(0.94 * 200_000)
    expect(Number(harvest!.profitMin)).toBeLessThan(0.95 * 200_000)
  })

  it("works at its hours", () => {
    const agent = actOut(strategist, params)
    const busy = (tick: number) => agent.turn(at(tick, 1_000n, { a: { reward: 1, others: 1n, debt: 0n } })).actions.length
    expect([1, 2, 3, 4, 5, 6].map(busy)).toEqual([1, 0, 0, 0, 1, 0])
  })
})
