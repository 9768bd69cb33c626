import { expect, test } from "vitest"
import type { World } from "../sim/world.ts"
import { keeper } from "./keeper.ts"
import { actOut, calmWorld } from "./stage.fixture.ts"

test("a keeper does what is due, when it is paid enough for the gas", () => {
  const due = { month: 2, from: 50, to: 80 }
  const actions = (params: object, feeUsd: number, changes: Partial<World["ledger"]["uptime"]> = { due }) => {
    const world = calmWorld({
      gas: { feeUsd: () => feeUsd },
      usdPerToken: 0.5,
      ledger: { uptime: { nextDay: 60, due: undefined, ...changes } },
      rules: { ...calmWorld().rules, uptime: { keeperTokens: 4 } as NonNullable<World["rules"]["uptime"]> },
    })
    return actOut(keeper, { lossUsdMax: 0, idleShare: 0, ...params }).turn(world).actions
  }
  expect(actions({}, 2)).toEqual([{ kind: "uptime.perform", ...due }])
  expect(actions({}, 2.01)).toEqual([])
  expect(actions({ lossUsdMax: 1 }, 2.01)).toHaveLength(1)
  expect(actions({ idleShare: 1 }, 0)).toEqual([])
  expect(actions({}, 0, { due: undefined })).toEqual([])
})
