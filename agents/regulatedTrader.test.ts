import { describe, expect, it } from "vitest"
import { fromMicros, fromWei, toMicros, toWei } from "../sim/units.ts"
import { gatedWorld, member } from "./kycStage.fixture.ts"
import { regulatedTrader } from "./regulatedTrader.ts"
import { actionsOf, actOut } from "./stage.fixture.ts"

const params = {
  access: "cheapest" as "gated" | "open" | "cheapest",
  jurisdiction: "eu",
  checkCostFactor: 2,
  tokens: 0,
  usd: 0,
  tradesPerDay: 400,
  usdPerTrade: 100,
  sizeSigma: 0,
  buyShare: 0.5,
  slippageShareMax: 0.05,
  trialDays: 10,
  exitDays: 5,
}
const traderOf = (changes: Partial<typeof params> = {}) => actOut(regulatedTrader, { ...params, ...changes })
const turn = (world: ReturnType<typeof gatedWorld>, changes: Partial<typeof params> = {}) => traderOf(changes).turn(world)
const kinds = (decision: ReturnType<typeof turn>) => new Set(decision.actions.map(({ kind }) => kind))
const inside = { "agent-1": member({ balanceWei: toWei(1e6) }) }
const delisting = { jurisdiction: "eu", day: 10, exit: "sale" as const }
/** Ten per cent above the open pool's price. */
const dear = { dollarReserveMicros: toMicros(110_000) }

describe("regulatedTrader", () => {
  it("asks and pays to be verified where it must, and only once", () => {
    const agent = traderOf({ access: "gated" })
    const [first, second] = [agent.turn(gatedWorld()), agent.turn(gatedWorld({ members: { "agent-1": member({ isVerified: false }) } }))]
    expect(actionsOf(first, "kyc.request")).toEqual([{ kind: "kyc.request", country: 276 }])
    expect(actionsOf(first, "dollar.redeem")).toEqual([{ kind: "dollar.redeem", amountMicros: toMicros(50), purpose: "compliance" }])
    expect(second.actions).toEqual([])
    expect(turn(gatedWorld({ rules: { delisting } }), { access: "gated" }).actions).toEqual([])
    expect(actionsOf(turn(gatedWorld(), { access: "open" }), "kyc.request")).toEqual([])
  })

  it("pays for staying verified every month", () => {
    const agent = traderOf({ access: "gated", tradesPerDay: 0 })
    const paidOn = (day: number) =>
      actionsOf(agent.turn(gatedWorld({ day, members: { "agent-1": member() } })), "dollar.redeem").map(({ amountMicros }) => amountMicros)
    expect([20, 21, 49, 51, 52, 81].map(paidOn)).toEqual([[toMicros(2)], [], [], [toMicros(2)], [], [toMicros(2)]])
  })

  it("lives where its group does, or anywhere by the shares", () => {
    const countries = Array.from({ length: 200 }, (_, seed) => {
      const decision = actOut(regulatedTrader, { ...params, access: "gated", jurisdiction: "drawn" }, "agent-1", `${seed}`).turn(
        gatedWorld(),
      )
      return actionsOf(decision, "kyc.request")[0]!.country
    })
    const inUs = countries.filter((country) => country === 840).length
    expect(inUs).toBeGreaterThan(130)
    expect(inUs).toBeLessThan(170)
  })

  it("trades behind the gate only, outside only, or where it is cheaper", () => {
    const world = gatedWorld({ members: inside, heldUsd: 1e6 })
    const swaps = (access: (typeof params)["access"]) =>
      [...kinds(turn(world, { access }))].filter((kind) => kind.endsWith("swap")).toSorted()
    expect(swaps("gated")).toEqual(["kyc.swap"])
    expect(swaps("open")).toEqual(["pool.swap"])
    expect(swaps("cheapest")).toEqual(["kyc.swap", "pool.swap"])
    const dearer = turn(gatedWorld({ members: inside, kyc: dear, heldUsd: 1e6, heldTokens: 1e6 }), { usdPerTrade: 1, tradesPerDay: 40 })
    expect(actionsOf(dearer, "kyc.swap").every(({ sell }) => sell === "token")).toBe(true)
    expect(actionsOf(dearer, "pool.swap").every(({ sell }) => sell === "dollar")).toBe(true)
  })

  it("takes its tokens through the gate as far as a sale needs them", () => {
    const sale = { buyShare: 0, tradesPerDay: 4, usdPerTrade: 100 }
    const into = turn(gatedWorld({ members: { "agent-1": member({ balanceWei: toWei(50) }) }, kyc: dear, heldTokens: 1_000 }), sale)
    expect(actionsOf(into, "kyc.wrap")[0]!.amountWei).toBe(toWei(150))
    const cheap = { dollarReserveMicros: toMicros(90_000) }
    const out = turn(gatedWorld({ members: { "agent-1": member({ balanceWei: toWei(1_000) }) }, kyc: cheap, heldTokens: 50 }), sale)
    expect(actionsOf(out, "kyc.unwrap")[0]!.amountWei).toBe(toWei(150))
  })

  it("an institution keeps all its tokens behind the gate, and trades nothing while it may not", () => {
    const held = { heldTokens: 77, heldUsd: 1e6 }
    const custody = turn(gatedWorld({ ...held, members: { "agent-1": member() } }), { access: "gated", tradesPerDay: 0 })
    expect(actionsOf(custody, "kyc.wrap")).toEqual([{ kind: "kyc.wrap", amountWei: toWei(77) }])
    const barred = [
      gatedWorld({ ...held, members: { "agent-1": member({ isVerified: false }) } }),
      gatedWorld({ ...held, members: { "agent-1": member({ isFrozen: true }) } }),
      gatedWorld({ ...held, members: { "agent-1": member() }, kyc: { isPaused: true } }),
    ]
    for (const world of barred) expect(turn(world, { access: "gated" }).actions.filter(({ kind }) => kind.startsWith("kyc"))).toEqual([])
  })

  it("asks to be verified once what it missed would pay for it", () => {
    const asks = (
      changes: Partial<typeof params>,
      kyc = {},
      members: Readonly<Record<string, ReturnType<typeof member>>> = { ann: member() },
    ) => {
      const agent = traderOf({ tradesPerDay: 4, ...changes })
      const decisions = Array.from({ length: 80 }, (_, tick) => agent.turn(gatedWorld({ day: tick / 4, kyc, members, heldUsd: 1e6 })))
      return decisions.findIndex((decision) => actionsOf(decision, "kyc.request").length > 0) / 4
    }
    const cheap = { dollarReserveMicros: toMicros(90_000) }
    expect(asks({ buyShare: 1 }, cheap)).toBe(10)
    expect(asks({ buyShare: 1, checkCostFactor: 10_000 }, cheap)).toBeLessThan(0)
    // Nobody trades there yet.
    expect(asks({ buyShare: 1 }, cheap, {})).toBeLessThan(0)
    expect(asks({ buyShare: 1 }, { ...cheap, isPaused: true })).toBeLessThan(0)
    // A pool of equal price and a fifth of the depth saves nothing.
    expect(asks({ buyShare: 1 })).toBeLessThan(0)
  })

  describe("struck off", () => {
    const held = toWei(2_000)
    const struck = { "agent-1": member({ isVerified: false, balanceWei: held }) }

    it("sells what it holds over its time, at no worse a price than it says", () => {
      const agent = traderOf({ access: "gated" })
      let left = held
      let ticks = 0
      for (; left > 0n && ticks < 50; ticks++) {
        const members = { "agent-1": member({ isVerified: false, balanceWei: left }) }
        const decision = agent.turn(gatedWorld({ rules: { delisting }, members }))
        expect([...kinds(decision)]).toEqual(["kyc.swap"])
        left -= actionsOf(decision, "kyc.swap")[0]!.amountIn
      }
      expect([left, ticks]).toEqual([0n, 20])
      const large = { "agent-1": member({ isVerified: false, balanceWei: toWei(1e6) }) }
      const [sale] = actionsOf(turn(gatedWorld({ rules: { delisting }, members: large }), { access: "gated" }), "kyc.swap")
      const worst = fromMicros(sale!.amountOutMin) / fromWei(sale!.amountIn)
      expect(worst).toBeGreaterThan(0.5 * 0.95 * 0.949)
      expect(fromWei(sale!.amountIn)).toBeLessThan(11_000)
    })

    it("takes it out at once where it may hold the token and the rules let it", () => {
      const open = { delisting: { ...delisting, exit: "unwrap" as const } }
      const world = gatedWorld({ rules: open, members: struck })
      expect(turn(world).actions).toEqual([{ kind: "kyc.unwrap", amountWei: held }])
      expect([...kinds(turn(world, { access: "gated" }))]).toEqual(["kyc.swap"])
    })

    it("waits while the wallet is frozen", () => {
      const frozen = { "agent-1": member({ isVerified: false, isFrozen: true, balanceWei: held }) }
      expect(turn(gatedWorld({ rules: { delisting }, members: frozen })).actions).toEqual([])
    })
  })
})
