import { describe, expect, it } from "vitest"
import { chunkResult, guessedResult } from "../../sim/proofs/chunks.ts"
import { noWork } from "../../sim/jobs/work.ts"
import { toMicros, toMillis, toWei } from "../../sim/units.ts"
import type { World } from "../../sim/world.ts"
import { agents } from "../index.ts"
import { actionsOf, actOut, calmWorld } from "../stage.fixture.ts"
import type { Fraud } from "./index.ts"

const rules = calmWorld().rules
const spotChecks = {
  chunks: 4,
  visitShare: 0.5,
  chunkShare: 1,
  deadlineSlackShare: 0,
  slashBps: 1_000,
  falseAcceptShare: 0,
  falseRejectShare: 0,
}
/** The first tick of epoch 2, with what was done in epoch 1; a GPU does a work hour an hour, and draws a tenth of a kilowatt at 0.1 USD. */
const gpus = new Map([...calmWorld().gpus, ["slow", { ...calmWorld().gpus.get("a100")!, id: "slow" }] as const])
const world = (changes: Partial<World> = {}, done = 48, stakeTokens = 200): World =>
  calmWorld({
    tick: 9,
    gpus,
    rules: { ...rules, spotChecks },
    work: { ...noWork, epoch: 1, doneMillis: new Map([["gpu-02", toMillis(done)]]) },
    ledger: {
      registry: {
        totalStakeWei: 0n,
        providers: new Map([["gpu-02", { status: "active", stakeWei: toWei(stakeTokens), gpuCount: 2, unbondsAtSeconds: 0 }]]),
      },
    },
    ...changes,
  })
const params = {
  gpu: "a100",
  gpuCount: 2,
  region: "home",
  energyPriceFactor: 1,
  hardwareUsdPerGpuHour: 0.5,
  hurdleShare: 0.1,
  patienceDays: 7,
  startActiveShare: 1,
  askDiscountShare: 0.4,
  askStepShare: 0.1,
  sellShare: 0,
  slippageShareMax: 0.03,
  debtUsdPerGpu: 0,
  pocketUsd: 0,
  feeShareMax: 1,
  claimWaitDays: 1,
  heartbeatFeeShareMax: 1,
  energyContract: "indexed",
  procurementDays: 0,
  noticeDays: 0,
  accountsEveryDays: 1,
  phantomShare: 0,
}
const earlier = { ...world().now, epoch: 1, tickOfEpoch: 0 }
/** What it asks for at the beginning of the epoch after one in which it has cheated, or not. */
const after = (fraud: Fraud | undefined, changes: Partial<World> = {}, extra: Readonly<Record<string, unknown>> = {}) => {
  const agent = actOut(agents.provider, { ...params, ...extra, ...(fraud === undefined ? {} : { fraud }) }, "gpu-02")
  agent.turn(world({ now: earlier, work: { ...world().work, epoch: -1 } }))
  return agent.turn(world(changes))
}
const always = { choice: "always", noticedShare: 1 } as const
const resultsOf = (fraud: Fraud | undefined, extra = {}) => actionsOf(after(fraud, {}, extra), "spotChecks.commit")[0]!.results
const right = [0, 1, 2, 3].map((chunk) => chunkResult("gpu-02", 1, chunk))
const guessed = [0, 1, 2, 3].map((chunk) => guessedResult("gpu-02", 1, chunk))

describe("what is published for an epoch", () => {
  it.each<readonly [string, Fraud | undefined, ReadonlyArray<bigint>]>([
    ["an honest provider's work", undefined, right],
    ["of no work, guesses", { kind: "noWork", share: 1, ...always }, guessed],
    [
      "of half the work, guesses for the other half",
      { kind: "noWork", share: 0.5, ...always },
      [...guessed.slice(0, 2), ...right.slice(2)],
    ],
    ["of one of four identities, a quarter", { kind: "sybil", identities: 4, ...always }, [...guessed.slice(0, 3), right[3]!]],
    [
      "of a copier, what the first of the group has got",
      { kind: "copiedAnswers", ...always },
      [0, 1, 2, 3].map((chunk) => chunkResult("gpu-01", 1, chunk)),
    ],
    [
      "of one who works elsewhere, all the work",
      {
        kind: "wrongLocation",
        realRegion: "home",
        claimedPlace: { latitude: 0, longitude: 0 },
        realPlace: { latitude: 9, longitude: 9 },
        ...always,
      },
      right,
    ],
  ])("is, %s", (_, fraud, results) => expect(resultsOf(fraud)).toEqual(results))

  it("is guesses for phantoms by the older knob too", () => expect(resultsOf(undefined, { phantomShare: 1 })).toEqual(guessed))

  it("is nothing where nobody asks for it", () => {
    expect(actionsOf(after(undefined, { rules }), "spotChecks.commit")).toEqual([])
  })
})

describe("a cheat", () => {
  const claimed = (fraud?: Fraud, changes: Partial<World> = {}, extra = {}) =>
    actionsOf(after(fraud, changes, extra), "oracle.claimWork").map(({ workMillis }) => workMillis)

  it("claims what its machines would have done, once, and an honest provider what they did", () => {
    const half = { work: { ...world().work, doneMillis: new Map([["gpu-02", toMillis(20)]]) } }
    expect(claimed(undefined, half)).toEqual([toMillis(20)])
    expect(claimed({ kind: "noWork", share: 0.5, ...always }, half)).toEqual([toMillis(48)])
    expect(claimed({ kind: "noWork", share: 1, ...always }, { work: { ...world().work, doneMillis: new Map([["gpu-02", 0n]]) } })).toEqual([
      toMillis(48),
    ])
  })

  it("runs what it really has: fewer machines, a slower class, another region's electricity", () => {
    const regions = {
      usdPerKwh: new Map([
        ["home", 0.1],
        ["cheap", 0.02],
      ]),
      regions: new Map(),
    }
    const places = { claimedPlace: { latitude: 0, longitude: 0 }, realPlace: { latitude: 1, longitude: 1 } }
    expect(after({ kind: "noWork", share: 0.5, ...always }).plan).toMatchObject({ gpusOn: 1, hardwareUsdPerHour: 0.5 })
    expect(after({ kind: "cheaperGpu", realGpu: "slow", ...always }).plan).toMatchObject({ gpu: "slow", gpusOn: 2 })
    const moved = after({ kind: "wrongLocation", realRegion: "cheap", ...places, ...always }, regions)
    expect(moved.plan).toMatchObject({ usdPerKwh: 0.02, gpusOn: 2 })
    expect(moved.machines).toMatchObject({ claimed: { place: places.claimedPlace }, real: { place: places.realPlace } })
    expect(after(undefined).deed).toEqual({ isCheating: false })
    // Of a group that copies, the first works.
    const copying = (self: string) => {
      const agent = actOut(agents.provider, { ...params, fraud: { kind: "copiedAnswers", ...always } }, self)
      const one = { status: "active" as const, stakeWei: toWei(200), gpuCount: 2, unbondsAtSeconds: 0 }
      const ledger = { ...world().ledger, registry: { ...world().ledger.registry, providers: new Map([[self, one]]) } }
      const turns = [world({ now: earlier, work: { ...world().work, epoch: -1 }, ledger }), world({ ledger })]
      return turns.map((seen) => agent.turn(seen).deed?.isCheating)
    }
    expect([copying("gpu-01"), copying("gpu-02")]).toEqual([
      [false, false],
      [true, true],
    ])
  })

  it("pays the first of the nodes, as many as it means to", () => {
    const decision = after({ kind: "oracleCollusion", share: 1, bribedShare: 0.67, bribeUsd: 3, ...always })
    expect(actionsOf(decision, "dollar.transfer").map(({ to, amountMicros }) => [to, amountMicros])).toEqual([
      ["oracle-1", toMicros(3)],
      ["oracle-2", toMicros(3)],
    ])
  })
})

describe("best response", () => {
  const fraud: Fraud = { kind: "noWork", share: 1, choice: "bestResponse", noticedShare: 0 }
  /** A hundred GPUs share the reward, so R is a fiftieth of it; C is two GPUs' power and hardware. */
  const saved = 2 * 24 * (0.1 * 0.1 + 0.5)
  const tempted = (rewardTokensPerWorkHour: number, visitShare: number, stakeTokens: number, extra = {}, changes = {}) => {
    const pulse = { ...world().pulse, rewardTokensPerWorkHour }
    const agent = actOut(agents.provider, { ...params, ...extra, fraud }, "gpu-02")
    return agent.turn(world({ pulse, rules: { ...rules, spotChecks: { ...spotChecks, visitShare } }, ...changes }, 48, stakeTokens)).deed!
  }
  /** Price 0.5; a tenth of the stake. */
  const lossUsd = (rate: number, stakeTokens: number) => 48 * rate * 0.5 + stakeTokens * 0.5 * 0.1

  it.each([
    [1, 200],
    [0.1, 1_000],
    [2, 50],
  ])("turns at C / (R + S), reward %d, stake %d", (rate, stake) => {
    const threshold = saved / lossUsd(rate, stake)
    expect(threshold).toBeLessThan(1)
    expect(tempted(rate, threshold * 0.999, stake).isCheating).toBe(true)
    expect(tempted(rate, threshold * 1.001, stake).isCheating).toBe(false)
    expect(tempted(rate, threshold, stake).temptation).toMatchObject({ caughtShare: threshold })
  })

  it("goes by what the provider believes, and earlier slashes make it shy", () => {
    const threshold = saved / lossUsd(1, 200)
    expect(tempted(1, threshold * 0.9, 200, { checkBelief: 1.2 }).isCheating).toBe(false)
    expect(tempted(1, threshold * 1.1, 200, { checkBelief: 0.8 }).isCheating).toBe(true)
    const slashing = { escalationShare: 2, appealDays: 0, insuranceBps: 0, reporterBps: 0, stakeMinShare: 0 }
    const escalating = (offences: number) =>
      tempted(
        1,
        threshold * 0.9,
        200,
        {},
        {
          rules: { ...rules, registry: { ...rules.registry, slashing }, spotChecks: { ...spotChecks, visitShare: threshold * 0.9 } },
          ledger: { ...world().ledger, slashing: { ...world().ledger.slashing, offences: new Map([["gpu-02", offences]]) } },
        },
      ).isCheating
    expect([escalating(0), escalating(1)]).toEqual([true, false])
  })
})

it("whoever is slashed appeals once, in time", () => {
  const slashing = { escalationShare: 0, appealDays: 2, insuranceBps: 0, reporterBps: 0, stakeMinShare: 0 }
  const one = { provider: "gpu-02", decidesAtSeconds: world().now.timestampSeconds + 1, isAppealed: false, isFiled: false, isGuilty: true }
  const cases = new Map([
    [0, one],
    [1, { ...one, isAppealed: true }],
    [2, { ...one, provider: "gpu-01" }],
    [3, { ...one, decidesAtSeconds: one.decidesAtSeconds - 1 }],
  ])
  const decision = after(undefined, {
    rules: { ...rules, registry: { ...rules.registry, slashing } },
    board: { ...world().board, cases },
  })
  expect(actionsOf(decision, "slashing.appeal").map(({ id }) => id)).toEqual([0])
})
