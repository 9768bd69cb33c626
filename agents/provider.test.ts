import { describe, expect, it } from "vitest"
import type { Site } from "../sim/jobs/site.ts"
import { noWork } from "../sim/jobs/work.ts"
import { openPulse } from "../sim/pulse.ts"
import type { LedgerView } from "../sim/ledger.ts"
import { amountOut } from "../sim/protocols/pool.ts"
import { fromMicros, toMicros, toWei } from "../sim/units.ts"
import { provider } from "./provider.ts"
import { actionsOf, actOut, calmWorld } from "./stage.fixture.ts"

const params = {
  gpu: "a100",
  gpuCount: 4,
  region: "home",
  energyPriceFactor: 1,
  hardwareUsdPerGpuHour: 0.5,
  hurdleShare: 0.1,
  patienceDays: 3,
  startActiveShare: 0,
  askDiscountShare: 0.4,
  askStepShare: 0.1,
  sellShare: 0.5,
  slippageShareMax: 0.03,
  debtUsdPerGpu: 0,
  pocketUsd: 0,
  feeShareMax: 0.02,
  claimWaitDays: 14,
  heartbeatFeeShareMax: 1,
  energyContract: "indexed",
  procurementDays: 0,
  noticeDays: 0,
  accountsEveryDays: 1,
  phantomShare: 0,
}
type Overrides = Partial<typeof params>
const self = "agent-1"

interface Circumstances {
  readonly tick?: number
  readonly isActive?: boolean
  readonly tokens?: number
  readonly usd?: number
  readonly askUsdPerGpuHour?: number
  readonly utilisation?: number
  readonly busyShare?: number
  readonly energyDueUsd?: number
  readonly usdPerKwh?: number
  readonly stakeTokens?: number
}

/** A world with a class of 100 GPUs at a given ask and use, seen by one provider whose site has run since the start. */
const circumstances = (c: Circumstances = {}) => {
  const tick = c.tick ?? 10
  const onGpuHours = (tick - 1) * 6 * params.gpuCount
  const site: Site = {
    plan: { gpu: "a100", gpusOn: 4, gpusOffered: 4, askUsdPerGpuHour: 1, usdPerKwh: 0.1, hardwareUsdPerHour: 2 },
    busyGpus: 0,
    downUntilHours: 0,
    nextFailureHours: 1e9,
    sinceHours: 0,
    onGpuHours,
    busyGpuHours: onGpuHours * (c.busyShare ?? 0.6),
    pricedUsd: 0,
  }
  const ledger: Partial<LedgerView> = {
    token: { supplyWei: 0n, balanceWei: new Map([[self, toWei(c.tokens ?? 0)]]) },
    dollar: { supplyMicros: 0n, balanceMicros: new Map([[self, toMicros(c.usd ?? 0)]]) },
    registry: {
      totalStakeWei: 0n,
      providers: c.isActive
        ? new Map([[self, { status: "active" as const, stakeWei: toWei(c.stakeTokens ?? 400), gpuCount: 4, unbondsAtSeconds: 0 }]])
        : new Map(),
    },
  }
  const stats = { gpusOn: 100, askUsdPerGpuHour: c.askUsdPerGpuHour ?? 1.5, utilisation: c.utilisation ?? 0.6 }
  return calmWorld({
    tick,
    ledger,
    usdPerKwh: new Map([["home", c.usdPerKwh ?? 0.1]]),
    pulse: { ...openPulse, classes: new Map([["a100", stats]]) },
    sites: c.isActive ? new Map([[self, site]]) : new Map(),
    bills: new Map([[self, { energyMicros: toMicros(c.energyDueUsd ?? 0), hardwareMicros: 0n }]]),
  })
}
const actor = (overrides: Overrides = {}) => actOut(provider, { ...params, ...overrides }, self)

/** Whether the provider tries to join within so many days. */
const joins = (days: number, c: Circumstances, overrides: Overrides = {}) => {
  const agent = actor(overrides)
  return Array.from({ length: days * 4 }, (_, index) => agent.turn(circumstances({ ...c, tick: 12 + index }))).some(
    (decision) => actionsOf(decision, "pool.swap").length + actionsOf(decision, "registry.register").length > 0,
  )
}

/** A provider that founded the network, taken through days of the same circumstances. */
const founder = (days: number, c: Circumstances, overrides: Overrides = {}) => {
  const agent = actor(overrides)
  agent.turn(circumstances({ tick: 1, tokens: 400 }))
  return Array.from({ length: days * 4 }, (_, index) => agent.turn(circumstances({ ...c, isActive: true, tick: index + 5 })))
}

describe("provider", () => {
  it("joins a network that pays, and not one that does not", () => {
    expect(joins(10, { askUsdPerGpuHour: 1.5, utilisation: 0.8 })).toBe(true)
    expect(joins(10, { askUsdPerGpuHour: 0.4, utilisation: 0.3 })).toBe(false)
  })

  it.each([
    ["dear electricity", {}, { usdPerKwh: 3 }],
    ["dear hardware", { hardwareUsdPerGpuHour: 3 }, {}],
    ["a high hurdle", { hurdleShare: 5 }, {}],
  ] as const)("stays out because of %s", (_reason, overrides, c) => {
    expect(joins(10, { utilisation: 0.8, ...c }, overrides)).toBe(false)
  })

  it("values its rewards by the price source, and not by the pool's last trade", () => {
    const agent = actor({ patienceDays: 0.1 })
    const days = (meanUsdPerToken: number) =>
      Array.from({ length: 8 }, (_, index) => {
        const world = circumstances({ tick: 12 + index, askUsdPerGpuHour: 0.4, utilisation: 0.3 })
        return agent.turn({ ...world, pulse: { ...world.pulse, rewardTokensPerWorkHour: 0.1 }, usdPerToken: 50, meanUsdPerToken })
      }).some(({ actions }) => actions.length > 0)
    expect(days(0.5)).toBe(false)
    expect(days(50)).toBe(true)
  })

  it("buys the stake that it lacks with its own dollars, then registers with it", () => {
    const agent = actor({ patienceDays: 0.1 })
    const day = Array.from({ length: 4 }, (_, index) => agent.turn(circumstances({ tick: 13 + index, utilisation: 0.9 })))
    const buying = day.find(({ actions }) => actions.length > 0)!
    const [wire] = actionsOf(buying, "dollar.onRamp")
    const [swap] = actionsOf(buying, "pool.swap")
    expect(wire!.amountMicros).toBe(swap!.amountIn)
    expect(swap!.amountOutMin).toBe(toWei(400))
    expect(amountOut(swap!.amountIn, toMicros(500_000), toWei(1_000_000))).toBeGreaterThan(toWei(400))
    const next = Array.from({ length: 4 }, (_, index) => agent.turn(circumstances({ tick: 17 + index, utilisation: 0.9, tokens: 400 })))
    expect(next.flatMap((decision) => actionsOf(decision, "registry.register"))).toEqual([
      { kind: "registry.register", gpuCount: 4, stakeWei: toWei(400) },
    ])
  })

  it("asks for more when its machines are full and for less when they stand idle, between power cost and the cloud", () => {
    const lastAsk = (busyShare: number) => founder(60, { busyShare }).at(-1)!.plan!.askUsdPerGpuHour
    const firstAsk = founder(1, { busyShare: 0.6 })[0]!.plan!.askUsdPerGpuHour
    expect(lastAsk(0.6)).toBe(firstAsk)
    expect(lastAsk(1)).toBe(2)
    expect(founder(8, { busyShare: 0.1 }).at(-1)!.plan!.askUsdPerGpuHour).toBeLessThan(firstAsk)
    const cheapest = founder(60, { busyShare: 0.1 }, { hardwareUsdPerGpuHour: 0 }).at(-1)!.plan!.askUsdPerGpuHour
    expect(cheapest).toBeGreaterThanOrEqual(0.5 * 0.1 * 1.1)
  })

  it("leaves when realised profit stays negative, having stopped to take jobs first, and stays when it earns", () => {
    const losing = founder(30, { busyShare: 0.01 })
    expect(losing.some((decision) => actionsOf(decision, "registry.requestExit").length > 0)).toBe(true)
    const earning = founder(30, { busyShare: 0.9 })
    expect(earning.some((decision) => actionsOf(decision, "registry.requestExit").length > 0)).toBe(false)
  })

  it("learns from a slash as from any loss", () => {
    const agent = actor()
    agent.turn(circumstances({ tick: 1, tokens: 400 }))
    const day = (from: number, stakeTokens: number) =>
      Array.from({ length: 4 }, (_, index) =>
        agent.turn(circumstances({ isActive: true, busyShare: 0.6, stakeTokens, tick: from + index })),
      )
    day(9, 400)
    const after = [...day(13, 10), ...day(17, 10)]
    expect(after.some((decision) => actionsOf(decision, "registry.requestExit").length > 0)).toBe(true)
  })

  it("pays its bills in full every day: from cash, and from the owner's pocket when that is short", () => {
    const paid = (usd: number) => {
      const day = founder(1, { usd, energyDueUsd: 50 })
      return {
        energyUsd: day
          .flatMap((decision) => actionsOf(decision, "dollar.redeem"))
          .filter(({ purpose }) => purpose === "energy")
          .map(({ amountMicros }) => fromMicros(amountMicros)),
        ownUsd: day.flatMap((decision) => actionsOf(decision, "dollar.onRamp")).map(({ amountMicros }) => fromMicros(amountMicros)),
      }
    }
    expect(paid(80)).toEqual({ energyUsd: [50], ownUsd: [] })
    expect(paid(20)).toEqual({ energyUsd: [50], ownUsd: [30] })
  })

  it("sells its share of tokens, and more when the next bills need it", () => {
    const sold = (c: Circumstances, overrides: Overrides = {}) =>
      founder(1, { tokens: 1000, ...c }, overrides).flatMap((decision) => actionsOf(decision, "pool.swap"))[0]?.amountIn
    expect(sold({ usd: 1000, energyDueUsd: 50 })).toBe(toWei(500))
    expect(sold({ usd: 1000, energyDueUsd: 50 }, { sellShare: 0 })).toBeUndefined()
    const needed = sold({ usd: 50, energyDueUsd: 50 }, { sellShare: 0 })!
    expect(fromMicros(amountOut(needed, toWei(1_000_000), toMicros(500_000)))).toBeCloseTo(50, 3)
  })

  it("claims what it did, and a cheat also what its phantoms would have done", () => {
    const claim = (phantomShare: number) => {
      const agent = actor({ phantomShare })
      const world = { ...circumstances({ isActive: true, tick: 9 }), work: { ...noWork, epoch: 1, doneMillis: new Map([[self, 48_000n]]) } }
      return actionsOf(agent.turn(world), "oracle.claimWork")[0]!.workMillis
    }
    expect(claim(0)).toBe(48_000n)
    expect(claim(0.5)).toBe(48_000n + 48_000n)
  })

  describe("on a chain with fees", () => {
    /** Days after which rewards of 100 USD are claimed; the fee is a dollar, or less on cheap days. */
    const claimDay = (overrides: Overrides, feeUsd: (day: number) => number) => {
      const agent = actor({ hardwareUsdPerGpuHour: 0, ...overrides })
      const rewards = { accruedWei: new Map([[self, toWei(200)]]), carriedWei: 0n }
      for (let tick = 4; tick < 200; tick++) {
        const world = circumstances({ isActive: true, tick })
        const gas = { feeUsd: () => feeUsd(world.now.day) }
        const decision = agent.turn({ ...world, ledger: { ...world.ledger, rewards }, gas })
        if (actionsOf(decision, "rewards.claim").length > 0) return world.now.day
      }
      return undefined
    }

    it("claims rewards when the fee is a small part of them, waits for a cheap tick, and not for ever", () => {
      expect(claimDay({}, () => 1)).toBe(0.75)
      expect(claimDay({ feeShareMax: 0.005 }, () => 1)).toBe(14.75)
      expect(claimDay({ feeShareMax: 0.005, claimWaitDays: 3 }, () => 1)).toBe(3.75)
      expect(claimDay({ feeShareMax: 0.005 }, (day) => (day < 5.5 ? 1 : 0.4))).toBe(5.5)
    })

    /** What the provider does in a day on which it has so much and owes so much. */
    const dayOf = (c: Circumstances, feeUsd: number) => {
      const agent = actor()
      agent.turn(circumstances({ tick: 1, tokens: 400 }))
      const days = Array.from({ length: 4 }, (_, index) =>
        agent.turn({ ...circumstances({ busyShare: 0.9, ...c, tick: 9 + index }), gas: { feeUsd: () => feeUsd } }),
      )
      return days.flatMap(({ actions }) => actions)
    }

    it("lets a bill grow until it is worth the gas while it runs, keeps the money for it, and settles when it has left", () => {
      const paid = (energyDueUsd: number, isActive: boolean) =>
        dayOf({ energyDueUsd, isActive, usd: 1_000, askUsdPerGpuHour: 0.1 }, 0.5).flatMap((action) =>
          action.kind === "dollar.redeem" ? [[action.purpose, fromMicros(action.amountMicros)]] : [],
        )
      expect(paid(24, true)).toEqual([["withdrawal", 1_000 - 8 * 24]])
      expect(paid(26, true)).toEqual([
        ["energy", 26],
        ["withdrawal", 1_000 - 8 * 26],
      ])
      expect(paid(24, false)).toEqual([
        ["energy", 24],
        ["withdrawal", 1_000 - 8 * 24],
      ])
    })

    it("sells tokens and takes money home only where that is worth the gas", () => {
      const kinds = (feeUsd: number) => dayOf({ isActive: true, tokens: 100, usd: 40 }, feeUsd).map(({ kind }) => kind)
      // Half of 100 tokens at half a dollar, less the pool's fee and the impact; and 40 USD.
      expect([kinds(0.48), kinds(0.6), kinds(0.9)]).toEqual([["dollar.redeem", "pool.swap"], ["dollar.redeem"], []])
    })

    it("claims no work whose reward is below the fee", () => {
      const claims = (feeUsd: number, heartbeatFeeShareMax = 1) => {
        const world = circumstances({ isActive: true, tick: 13 })
        const pulse = { ...world.pulse, rewardTokensPerWorkHour: 0.1 }
        const work = { ...noWork, epoch: 2, doneMillis: new Map([[self, 48_000n]]) }
        return actionsOf(actor({ heartbeatFeeShareMax }).turn({ ...world, pulse, work, gas: { feeUsd: () => feeUsd } }), "oracle.claimWork")
          .length
      }
      // 48 hours at a tenth of a token of half a dollar: 2.40 USD.
      expect([claims(2.3), claims(2.5), claims(2.5, 2), claims(1, 0.1)]).toEqual([1, 0, 1, 0])
    })
  })

  describe("as a business with hardware of its own", () => {
    /** The days on which a provider that wants to join, and has its stake, registers. */
    const registersOnDay = (overrides: object, utilisation: (day: number) => number = () => 0.9) => {
      const agent = actor({ patienceDays: 0.1, ...overrides })
      for (let tick = 12; tick < 200; tick++) {
        const world = circumstances({ tick, tokens: 400, utilisation: utilisation((tick - 1) / 4) })
        if (actionsOf(agent.turn(world), "registry.register").length > 0) return world.now.day
      }
      return undefined
    }

    it("joins when what it ordered is there, though the market has turned since, and never thinks of it before its day", () => {
      const now = registersOnDay({})!
      expect(now).toBeLessThan(5)
      expect(registersOnDay({ procurementDays: 10 })).toBe(now + 10)
      expect(registersOnDay({ procurementDays: 10 }, (day) => (day < now + 1 ? 0.9 : 0.01))).toBe(now + 10)
      expect(registersOnDay({ procurementDays: 10 }, () => 0.01)).toBeUndefined()
      expect(registersOnDay({ fromDay: 20 })).toBe(20 + (now % 1))
    })

    it("leaves after its notice, and stays when things get better before", () => {
      const leavesOnDay = (noticeDays: number, busyShare: (day: number) => number) => {
        const agent = actor({ noticeDays })
        agent.turn(circumstances({ tick: 1, tokens: 400 }))
        let [onGpuHours, busyGpuHours] = [0, 0]
        for (let tick = 2; tick < 160; tick++) {
          onGpuHours += 24
          busyGpuHours += 24 * busyShare(tick / 4)
          const world = circumstances({ isActive: true, tick })
          const sites = new Map([[self, { ...world.sites.get(self)!, onGpuHours, busyGpuHours }]])
          if (actionsOf(agent.turn({ ...world, sites }), "registry.requestExit").length > 0) return world.now.day
        }
        return undefined
      }
      const bad = () => 0.01
      const atOnce = leavesOnDay(0, bad)!
      expect(leavesOnDay(12, bad)).toBe(atOnce + 12)
      expect(leavesOnDay(12, (day) => (day < atOnce + 1 ? 0.01 : 0.95))).toBeUndefined()
    })

    it("pays for depreciation and interest, unless the hardware stands there anyway", () => {
      const hardwareUsdPerHour = (capex: object) => founder(1, {}, { capex } as Overrides)[0]!.plan!.hardwareUsdPerHour
      const capex = { usdPerGpu: 43_800, residualShare: 0, years: 5, financingPerYear: 0, isOwned: false }
      expect(hardwareUsdPerHour(capex)).toBeCloseTo(4 * (0.5 + 1), 9)
      expect(hardwareUsdPerHour({ ...capex, financingPerYear: 0.2 })).toBeCloseTo(4 * (0.5 + 1 + 0.5), 9)
      expect(hardwareUsdPerHour({ ...capex, isOwned: true })).toBeCloseTo(4 * 0.5, 9)
      expect(joins(10, { utilisation: 0.8 }, { capex } as Overrides)).toBe(false)
      expect(joins(10, { utilisation: 0.8 }, { capex: { ...capex, isOwned: true } } as Overrides)).toBe(true)
    })

    it("pays the region's level at every hour by a fixed contract", () => {
      const usdPerKwh = (energyContract: string) =>
        founder(1, { usdPerKwh: 0.7 }, { energyContract, energyPriceFactor: 2 } as Overrides)[0]!.plan!.usdPerKwh
      expect([usdPerKwh("indexed"), usdPerKwh("fixed")]).toEqual([1.4, 0.2])
    })

    it("does its accounts as rarely as it is told, and everything that waits for them too, but keeps its price up every day", () => {
      const days = 60
      const orders = (accountsEveryDays: number) => {
        const agent = actor({ accountsEveryDays, hardwareUsdPerGpuHour: 0 })
        agent.turn(circumstances({ tick: 1, tokens: 400 }))
        const rewards = { accruedWei: new Map([[self, toWei(200)]]), carriedWei: 0n }
        const decisions = Array.from({ length: days * 4 }, (_, index) => {
          const world = circumstances({ isActive: true, busyShare: 1, tick: index + 5, tokens: 100, energyDueUsd: 50 })
          return agent.turn({ ...world, ledger: { ...world.ledger, rewards } })
        })
        const count = (kind: "rewards.claim" | "pool.swap" | "dollar.redeem") =>
          decisions.reduce((sum, decision) => sum + actionsOf(decision, kind).length, 0)
        const asks = new Set(decisions.map(({ plan }) => plan!.askUsdPerGpuHour))
        return { counts: [count("rewards.claim"), count("pool.swap"), count("dollar.redeem")], asks: asks.size }
      }
      expect(orders(1).counts).toEqual([days, days, days])
      expect(orders(30).counts).toEqual([2, 2, 2])
      expect(orders(30).asks).toBe(orders(1).asks)
    })

    it("mines with the machines that the network does not pay for, and has them counted neither as on nor as lost", () => {
      const plan = (usdPerGpuHour: number) =>
        founder(3, { busyShare: 0.6 }, { mining: { usdPerGpuHour, powerShare: 1 } } as Overrides).at(-1)!.plan!
      expect(plan(0.2)).toMatchObject({ gpusOn: 4, gpusOffered: 4 })
      expect(plan(0.2).aside).toBeUndefined()
      expect(plan(9)).toMatchObject({ gpusOn: 0, gpusOffered: 0, hardwareUsdPerHour: 2, aside: { use: "mining", gpus: 4 } })
      expect(plan(9).aside!.usdPerHour).toBeCloseTo(4 * (9 - 0.5 * 0.1), 9)
    })
  })

  it("keeps no phantom switched on and pays for none", () => {
    const [decision] = founder(1, {}, { phantomShare: 0.5 })
    expect(decision!.plan).toMatchObject({ gpusOn: 2, gpusOffered: 2, hardwareUsdPerHour: 1 })
  })
})
