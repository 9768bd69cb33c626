import { describe, expect, it } from "vitest"
import type { Farm } from "../sim/protocols/farm.ts"
import { SECONDS_PER_DAY, toMicros, toWei } from "../sim/units.ts"
import { farmer } from "./farmer.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = {
  capitalUsd: 10_000,
  yieldPerYearMin: 0.5,
  patienceDays: 1,
  claimDays: 3,
  sellShare: 0.75,
  memoryDays: 14,
  roundTripShare: 0.01,
  tradeShareMax: 0.005,
  slippageShareMax: 0.03,
}
const self = "agent-1"
const endOfTime = 4e9

interface Scene {
  readonly day?: number
  readonly rewardTokensPerDay?: number
  readonly endSeconds?: number
  readonly tokens?: number
  readonly usd?: number
  readonly inHand?: bigint
  readonly staked?: bigint
  readonly earnedTokens?: number
  readonly other?: Partial<Farm>
}

/** A pool of a million dollars on both sides and a billion shares, a tenth of them staked in the one farm. */
const at = (
  tick: number,
  { rewardTokensPerDay = 0, endSeconds = endOfTime, tokens = 0, usd = 0, inHand = 0n, staked = 0n, earnedTokens = 0, other }: Scene,
) => {
  const farm: Farm = {
    kind: "stakingRewards",
    startSeconds: 0,
    endSeconds,
    rewardWeiPerDay: toWei(rewardTokensPerDay),
    totalShares: 100_000_000n,
    shares: new Map([[self, staked]]),
    earnedWei: new Map([[self, toWei(earnedTokens)]]),
    purse: "farm.a",
  }
  return calmWorld({
    tick,
    ledger: {
      pool: {
        tokenReserveWei: toWei(2_000_000),
        dollarReserveMicros: toMicros(1_000_000),
        totalShares: 1_000_000_000n,
        shares: new Map([[self, inHand]]),
      },
      token: { supplyWei: 0n, balanceWei: new Map([[self, toWei(tokens)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, toMicros(usd)]]) },
      farms: new Map([
        ["a", farm],
        ...(other === undefined ? [] : [["b", { ...farm, shares: new Map(), earnedWei: new Map(), ...other }] as const]),
      ]),
    },
  })
}

/** 200,000 USD are staked: 1,000 tokens a day at 0.5 USD are 91 % a year. */
const rich = { rewardTokensPerDay: 1_000 }
/** One that has put its capital to work in farm a. */
const settled = () => {
  const agent = actOut(farmer, params, self)
  for (let tick = 1; tick <= 16; tick++) agent.turn(at(tick, { ...rich, usd: 10_000 }))
  agent.turn(at(17, { ...rich, usd: 0, inHand: 5_000_000n }))
  return agent
}
const run = (agent: ReturnType<typeof settled>, from: number, to: number, scene: Scene) =>
  Array.from({ length: to - from + 1 }, (_, index) => agent.turn(at(from + index, scene)))

describe("farmer", () => {
  it("stays out of a farm that pays too little, or that ends before coming and going are earned", () => {
    const ends = { ...rich, endSeconds: 1_767_225_600 + 12 * SECONDS_PER_DAY, usd: 10_000 }
    for (const scene of [
      { rewardTokensPerDay: 400, usd: 10_000 },
      { rewardTokensPerDay: 0, usd: 10_000 },
    ]) {
      const agent = actOut(farmer, params, self)
      expect(run(agent, 1, 60, scene).flatMap(({ actions }) => actions)).toEqual([])
    }
    expect(run(actOut(farmer, params, self), 37, 60, ends).flatMap(({ actions }) => actions)).toEqual([])
  })

  it("counts its own capital in the yield: a farm that pays one pays too little for many", () => {
    const big = actOut(farmer, { ...params, capitalUsd: 2_000_000 }, self)
    expect(run(big, 1, 60, { ...rich, usd: 2_000_000 }).flatMap(({ actions }) => actions)).toEqual([])
  })

  it("comes when its patience ends, in slices, with both sides, and stakes what it gets", () => {
    const agent = actOut(farmer, params, self)
    const early = run(agent, 1, 4, { ...rich, usd: 10_000 })
    expect(early.flatMap(({ actions }) => actions)).toEqual([])
    const [first] = run(agent, 5, 12, { ...rich, usd: 10_000 }).flatMap((decision) => actionsOf(decision, "pool.swap"))
    expect(first).toMatchObject({ sell: "dollar", amountIn: toMicros(5_000) })
    const both = agent.turn(at(13, { ...rich, usd: 5_000, tokens: 9_900, inHand: 1n }))
    expect(actionsOf(both, "pool.addLiquidity")).toHaveLength(1)
    expect(actionsOf(both, "farm.stake")).toEqual([{ kind: "farm.stake", farm: "a", shares: 1n }])
  })

  it("claims when it is time, sells its share of the reward, and keeps the rest", () => {
    const agent = settled()
    const claims = run(agent, 18, 34, { ...rich, staked: 5_000_000n, earnedTokens: 40 }).flatMap((decision, index) =>
      actionsOf(decision, "farm.claim").map(() => 18 + index),
    )
    // Three days of four ticks.
    expect(claims).toHaveLength(2)
    expect(claims[1]! - claims[0]!).toBe(12)
    const [sale] = actionsOf(agent.turn(at(35, { ...rich, staked: 5_000_000n, tokens: 40 })), "pool.swap")
    expect(sale).toMatchObject({ sell: "token", amountIn: toWei(30) })
    expect(actionsOf(agent.turn(at(36, { ...rich, staked: 5_000_000n, tokens: 10 })), "pool.swap")).toEqual([])
  })

  it("takes everything home when the programme has ended", () => {
    const agent = settled()
    const stayed = run(agent, 18, 30, { ...rich, staked: 5_000_000n })
    expect(stayed.flatMap((decision) => actionsOf(decision, "farm.exit"))).toEqual([])
    const left = run(agent, 31, 42, { staked: 5_000_000n })
    expect(left.flatMap((decision) => actionsOf(decision, "farm.exit"))[0]).toEqual({ kind: "farm.exit", farm: "a", shares: 5_000_000n })
    expect(actionsOf(agent.turn(at(43, { inHand: 5_000_000n })), "pool.removeLiquidity")).toEqual([
      { kind: "pool.removeLiquidity", shares: 5_000_000n },
    ])
    expect(actionsOf(agent.turn(at(44, { tokens: 30_000 })), "pool.swap")[0]).toMatchObject({ sell: "token", amountIn: toWei(10_000) })
    expect(agent.turn(at(45, { usd: 10_000 })).actions).toEqual([])
    expect(agent.turn(at(46, { usd: 10_000 })).actions).toEqual([])
  })

  it("moves to a farm that pays clearly more", () => {
    const scene = { ...rich, staked: 5_000_000n, other: { rewardWeiPerDay: toWei(3_000) } }
    const moved = run(settled(), 18, 30, scene).flatMap((decision) => actionsOf(decision, "farm.exit"))
    expect(moved[0]).toEqual({ kind: "farm.exit", farm: "a", shares: 5_000_000n })
    const agent = settled()
    run(agent, 18, 30, scene)
    expect(actionsOf(agent.turn(at(31, { ...scene, staked: 0n, inHand: 5_000_000n })), "farm.stake")).toEqual([
      { kind: "farm.stake", farm: "b", shares: 5_000_000n },
    ])
    const alike = run(settled(), 18, 30, { ...rich, staked: 5_000_000n, other: { rewardWeiPerDay: toWei(1_050) } })
    expect(alike.flatMap((decision) => actionsOf(decision, "farm.exit"))).toEqual([])
  })
})
