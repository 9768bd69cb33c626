import { describe, expect, it } from "vitest"
import type { Order } from "../sim/ledger.ts"
import { noVault, type View as Vault } from "../sim/protocols/vault.ts"
import { toMicros, toWei } from "../sim/units.ts"
import { inflationAttacker } from "./inflationAttacker.ts"
import { actOut, calmWorld } from "./stage.fixture.ts"

const params = { poolWeight: 1, preyUsdMin: 1_000, giftRatio: 1, tipGwei: 100 }
const self = "agent-1"
const deposit = (poolShares: bigint): Order => ({ agent: "victim", action: { kind: "vault.deposit", poolShares }, tipWei: 1n })

/** A billion pool shares stand for a million dollars. */
const world = (vault: Partial<Vault>, pending: ReadonlyArray<Order> = [], inHand = 50_000_000n) =>
  calmWorld({
    pending,
    ledger: {
      pool: {
        tokenReserveWei: toWei(1_000_000),
        dollarReserveMicros: toMicros(500_000),
        totalShares: 1_000_000_000n,
        shares: new Map([[self, inHand]]),
      },
      vault: { ...noVault, ...vault },
    },
  })
const seeded: Partial<Vault> = { assets: 1n, totalShares: 1n, shares: new Map([[self, 1n]]) }

describe("inflation attacker", () => {
  it("is the first depositor, with one unit, or stays away", () => {
    expect(actOut(inflationAttacker, params, self).turn(world({}))).toMatchObject({
      actions: [{ kind: "vault.deposit", poolShares: 1n }],
      tipWei: 100_000_000_000n,
    })
    const late = actOut(inflationAttacker, params, self)
    expect([late.turn(world({ assets: 5n, totalShares: 5n })), late.turn(world({}))].flatMap(({ actions }) => actions)).toEqual([])
  })

  it("waits for deposits that are worth it, gives as much as the largest, and leaves", () => {
    const agent = actOut(inflationAttacker, params, self)
    agent.turn(world({}))
    expect(agent.turn(world(seeded)).actions).toEqual([])
    expect(agent.turn(world(seeded, [deposit(900_000n)])).actions).toEqual([])
    expect(agent.turn(world(seeded, [deposit(2_000_000n), deposit(30_000_000n)])).actions).toEqual([
      { kind: "vault.donate", poolShares: 30_000_000n },
    ])
    expect(agent.turn(world(seeded)).actions).toEqual([{ kind: "vault.redeem", vaultShares: 1n }])
    expect(agent.turn(world(seeded, [deposit(30_000_000n)])).actions).toEqual([])
  })

  it("gives no more than it has, and what it was told", () => {
    const strike = (changes: Partial<typeof params>, inHand: bigint) => {
      const agent = actOut(inflationAttacker, { ...params, ...changes }, self)
      agent.turn(world({}))
      return agent.turn(world(seeded, [deposit(30_000_000n)], inHand)).actions
    }
    expect(strike({}, 7n)).toEqual([{ kind: "vault.donate", poolShares: 7n }])
    expect(strike({ giftRatio: 0.4 }, 50_000_000n)).toEqual([{ kind: "vault.donate", poolShares: 12_000_000n }])
    expect(strike({ giftRatio: 0 }, 50_000_000n)).toEqual([])
  })
})
