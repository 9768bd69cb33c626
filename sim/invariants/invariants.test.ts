import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Ledger, type LedgerView, type Order, type Receipt } from "../ledger.ts"
import type { Farm } from "../protocols/farm.ts"
import { poolOf } from "../protocols/pool3/pool.fixture.ts"
import { memoryLedger } from "../testing/memoryLedger.ts"
import { inEpoch, tickArbitrary } from "../testing/orderArbitrary.ts"
import { worldGenesis } from "../testing/worldGenesis.ts"
import { SECONDS_PER_DAY } from "../units.ts"
import { uptimeAccount } from "../protocols/uptime.ts"
import { invariants } from "./index.ts"

interface Step {
  readonly before: LedgerView
  readonly after: LedgerView
  readonly receipts: ReadonlyArray<Receipt>
}

const play = (ticks: ReadonlyArray<ReadonlyArray<Order>>): ReadonlyArray<Step> =>
  Effect.gen(function* () {
    const ledger = yield* Ledger
    const steps: Array<Step> = []
    let before = yield* ledger.observe
    for (const [i, orders] of ticks.entries()) {
      const seconds = worldGenesis.startSeconds + ((i + 1) * SECONDS_PER_DAY) / 4
      const { receipts } = yield* ledger.settle(inEpoch(orders, before.oracle.nextEpoch), seconds)
      const after = yield* ledger.observe
      steps.push({ before, after, receipts })
      before = after
    }
    return steps
  }).pipe(Effect.provide(memoryLedger(worldGenesis)), Effect.runSync)

const breaches = ({ before, after, receipts }: Step) =>
  Object.values(invariants).flatMap((invariant) => invariant.check(before, after, receipts) ?? [])

test("hold whatever the agents do", () => {
  fc.assert(
    fc.property(fc.array(tickArbitrary, { minLength: 1, maxLength: 8, size: "max" }), (ticks) => {
      for (const step of play(ticks)) expect(breaches(step)).toEqual([])
    }),
    { seed: 20_261_123, numRuns: 60 },
  )
})

const more = (amounts: ReadonlyMap<string, bigint>, id: string, by: bigint) => new Map([...amounts, [id, (amounts.get(id) ?? 0n) + by]])

const emptyFarm: Farm = {
  kind: "stakingRewards",
  startSeconds: 0,
  endSeconds: 0,
  rewardWeiPerDay: 0n,
  totalShares: 0n,
  shares: new Map(),
  earnedWei: new Map(),
  purse: "farm.f",
}

/** Ways in which a defect in a contract would show; each names the invariants that must notice. */
const corruptions: Readonly<
  Record<string, { readonly noticedBy: ReadonlyArray<keyof typeof invariants>; readonly corrupt: (view: LedgerView) => LedgerView }>
> = {
  "a token appears in a wallet": {
    noticedBy: ["tokenConservation"],
    corrupt: (view) => ({ ...view, token: { ...view.token, balanceWei: more(view.token.balanceWei, "ann", 1n) } }),
  },
  "a v3 pool claims coins that nobody paid in": {
    noticedBy: ["pool3Backing"],
    corrupt: (view) => ({
      ...view,
      pools3: { pools: new Map([["low", poolOf(500, 500_000n, [{ agent: "ann", tokenWei: 2n, dollarMicros: 1n }])]]), nextPositionId: 2n },
    }),
  },
  "tokens are minted without an emission": {
    noticedBy: ["tokenConservation"],
    corrupt: (view) => ({ ...view, token: { supplyWei: view.token.supplyWei + 1n, balanceWei: more(view.token.balanceWei, "ann", 1n) } }),
  },
  "a dollar appears in a wallet": {
    noticedBy: ["dollarConservation"],
    corrupt: (view) => ({ ...view, dollar: { ...view.dollar, balanceMicros: more(view.dollar.balanceMicros, "ann", 1n) } }),
  },
  "dollars vanish without a redemption": {
    noticedBy: ["dollarConservation"],
    corrupt: (view) => ({
      ...view,
      dollar: { supplyMicros: view.dollar.supplyMicros - 1n, balanceMicros: more(view.dollar.balanceMicros, "ann", -1n) },
    }),
  },
  "escrow is booked without a payment": {
    noticedBy: ["escrowBacking"],
    corrupt: (view) => ({ ...view, market: { escrowMicros: view.market.escrowMicros + 1n } }),
  },
  "escrow is taken out of the market": {
    noticedBy: ["escrowBacking"],
    corrupt: (view) => ({
      ...view,
      dollar: { ...view.dollar, balanceMicros: more(more(view.dollar.balanceMicros, "market", -1n), "ann", 1n) },
    }),
  },
  "the total stake forgets a stake": {
    noticedBy: ["stakeBacking"],
    corrupt: (view) => ({ ...view, registry: { ...view.registry, totalStakeWei: view.registry.totalStakeWei - 1n } }),
  },
  "a stake is taken out of the registry": {
    noticedBy: ["stakeBacking"],
    corrupt: (view) => ({ ...view, token: { ...view.token, balanceWei: more(more(view.token.balanceWei, "registry", -1n), "ann", 1n) } }),
  },
  "a provider's stake grows unpaid": {
    noticedBy: ["stakeBacking"],
    corrupt: (view) => ({
      ...view,
      registry: {
        totalStakeWei: view.registry.totalStakeWei + 1n,
        providers: new Map([...view.registry.providers, ["ghost", { status: "active", stakeWei: 1n, gpuCount: 1, unbondsAtSeconds: 0 }]]),
      },
    }),
  },
  "the pool's token reserve is wrong": {
    noticedBy: ["poolReserves", "lpLedger"],
    corrupt: (view) => ({ ...view, pool: { ...view.pool, tokenReserveWei: view.pool.tokenReserveWei + 1n } }),
  },
  "the pool's dollar reserve is wrong": {
    noticedBy: ["poolReserves"],
    corrupt: (view) => ({ ...view, pool: { ...view.pool, dollarReserveMicros: view.pool.dollarReserveMicros - 1n } }),
  },
  "pool shares appear": {
    noticedBy: ["poolReserves", "lpLedger"],
    corrupt: (view) => ({ ...view, pool: { ...view.pool, shares: more(view.pool.shares, "ann", 1n) } }),
  },
  "a reward is accrued out of nothing": {
    noticedBy: ["rewardsBacking"],
    corrupt: (view) => ({ ...view, rewards: { ...view.rewards, accruedWei: more(view.rewards.accruedWei, "gpu-1", 1n) } }),
  },
  "rewards are paid out unclaimed": {
    noticedBy: ["rewardsBacking"],
    corrupt: (view) => ({ ...view, token: { ...view.token, balanceWei: more(more(view.token.balanceWei, "rewards", -1n), "ann", 1n) } }),
  },
  "the emission counter runs ahead": {
    noticedBy: ["counters"],
    corrupt: (view) => ({ ...view, emissions: { emittedWei: view.emissions.emittedWei + 1n } }),
  },
  "the burn counter runs ahead": {
    noticedBy: ["counters"],
    corrupt: (view) => ({ ...view, burn: { ...view.burn, burnedWei: view.burn.burnedWei + 1n } }),
  },
  "an epoch is skipped": {
    noticedBy: ["counters"],
    corrupt: (view) => ({ ...view, oracle: { ...view.oracle, nextEpoch: view.oracle.nextEpoch + 1 } }),
  },
  "a farm books a stake that it does not hold": {
    noticedBy: ["farmBacking"],
    corrupt: (view) => ({ ...view, farms: new Map([["f", { ...emptyFarm, totalShares: 1n, shares: new Map([["ann", 1n]]) }]]) }),
  },
  "a farm forgets a stake": {
    noticedBy: ["farmBacking"],
    corrupt: (view) => ({ ...view, farms: new Map([["f", { ...emptyFarm, shares: new Map([["ann", 1n]]) }]]) }),
  },
  "a farm owes more than it has": {
    noticedBy: ["farmBacking"],
    corrupt: (view) => ({ ...view, farms: new Map([["f", { ...emptyFarm, earnedWei: new Map([["ann", 1n]]) }]]) }),
  },
  "a farm's reward is paid out unsaid": {
    noticedBy: ["farmBacking"],
    corrupt: (view) => ({
      ...view,
      farms: new Map([["f", { ...emptyFarm, purse: "treasury" }]]),
      token: { ...view.token, balanceWei: more(view.token.balanceWei, "treasury", -3n) },
    }),
  },
  "a vault counts what it does not hold": {
    noticedBy: ["vaultBacking"],
    corrupt: (view) => ({ ...view, vault: { ...view.vault, idle: 1n, assets: 1n } }),
  },
  "a vault's assets are more than it counts": {
    noticedBy: ["vaultBacking"],
    corrupt: (view) => ({ ...view, vault: { ...view.vault, assets: 1n } }),
  },
  "a vault share is nobody's": {
    noticedBy: ["vaultBacking"],
    corrupt: (view) => ({ ...view, vault: { ...view.vault, totalShares: 1n } }),
  },
  "a strategy has less than its debt": {
    noticedBy: ["vaultBacking"],
    corrupt: (view) => ({ ...view, vault: { ...view.vault, assets: 1n, strategies: new Map([["f", { debt: 1n, held: 0n }]]) } }),
  },
  "the vote lock counts a token that nobody locked": {
    noticedBy: ["lockBacking"],
    corrupt: (view) => ({ ...view, locks: { ...view.locks, lockedWei: view.locks.lockedWei + 1n } }),
  },
  "the stakers' contract counts a token that nobody staked": {
    noticedBy: ["stakingBacking"],
    corrupt: (view) => ({ ...view, staking: { ...view.staking, stakedWei: view.staking.stakedWei + 1n } }),
  },
  "a token of tax comes from nowhere": {
    noticedBy: ["taxBacking"],
    corrupt: (view) => ({
      ...view,
      tax: { ...view.tax, buyBps: 100n },
      token: { ...view.token, balanceWei: more(view.token.balanceWei, "burn", 1n) },
    }),
  },
  "a feed answers what nobody reported": {
    noticedBy: ["feedAnswers"],
    corrupt: (view) => ({
      ...view,
      feeds: new Map([["usd", { decimals: 8, answer: 1n, roundId: 1, observedSeconds: 0, updatedAtSeconds: 0 }]]),
    }),
  },
  "a bonus comes from nowhere": {
    noticedBy: ["bonusBacking", "tokenConservation"],
    corrupt: (view) => ({ ...view, token: { ...view.token, balanceWei: more(view.token.balanceWei, uptimeAccount, 1n) } }),
  },
  "a vesting wallet frees more than it holds": {
    noticedBy: ["vestingBacking"],
    corrupt: (view) => ({ ...view, vesting: new Map([["vesting.team.ann", { schedule: "team", agent: "ann", releasableWei: 1n }]]) }),
  },
  "a claim is nobody's": {
    noticedBy: ["claimSupply"],
    corrupt: (view) => ({ ...view, claims: { ...view.claims, totalMicros: view.claims.totalMicros + 1n } }),
  },
  "a loan is owed by nobody": {
    noticedBy: ["lendingBacking"],
    corrupt: (view) => ({ ...view, lending: { ...view.lending, principalMicros: view.lending.principalMicros + 1n } }),
  },
  "the gate has minted a permissioned token for nothing": {
    noticedBy: ["kycBacking"],
    corrupt: (view) => ({ ...view, kyc: { ...view.kyc, supplyWei: view.kyc.supplyWei + 1n } }),
  },
  "The Graph counts signal that nobody paid for": {
    noticedBy: ["graphBacking"],
    corrupt: (view) => ({ ...view, graph: { ...view.graph, subgraphs: new Map([["names", { signalWei: 1n, allocatedWei: 0n }]]) } }),
  },
  "the court counts a stake as frozen that it was never sent": {
    noticedBy: ["courtBacking"],
    corrupt: (view) => ({ ...view, slashing: { ...view.slashing, frozenWei: view.slashing.frozenWei + 1n } }),
  },
  "the insurance pool runs ahead of what it holds": {
    noticedBy: ["courtBacking"],
    corrupt: (view) => ({ ...view, slashing: { ...view.slashing, insuredWei: view.slashing.insuredWei + 1n } }),
  },
  "a bond is booked that nobody posted": {
    noticedBy: ["disputeBacking"],
    corrupt: (view) => ({ ...view, disputes: { contestedMicros: 0n, bondedMicros: 1n } }),
  },
  "a slot of the vulnerable market holds what nobody paid in or took out": {
    noticedBy: ["exploitLoss"],
    corrupt: (view) => ({ ...view, exploit: { isPaused: false, heldMicros: view.market.escrowMicros + 1n, baitMicros: 0n } }),
  },
  "a deposit is booked without a payment": {
    noticedBy: ["batchBacking"],
    corrupt: (view) => ({ ...view, batches: { ...view.batches, depositMicros: more(view.batches.depositMicros, "ann", 1n) } }),
  },
  "a tree of earnings owes more than was credited": {
    noticedBy: ["batchBacking"],
    corrupt: (view) => ({
      ...view,
      market: { escrowMicros: 0n },
      batches: { ...view.batches, collectableMicros: more(view.batches.collectableMicros, "gpu-1", 1n) },
    }),
  },
  "debits vanish between buyers and providers": {
    noticedBy: ["batchBacking"],
    corrupt: (view) => ({ ...view, market: { escrowMicros: 1n }, batches: { ...view.batches, onWayMicros: 1n } }),
  },
  "a tree of rewards owes more than was emitted": {
    noticedBy: ["treeBacking"],
    corrupt: (view) => ({
      ...view,
      rewardTree: { ...view.rewardTree },
      rewards: { ...view.rewards, accruedWei: more(view.rewards.accruedWei, "gpu-1", 1n) },
    }),
  },
  "a balance is below zero": {
    noticedBy: ["nonNegative", "tokenConservation"],
    corrupt: (view) => ({ ...view, token: { ...view.token, balanceWei: more(view.token.balanceWei, "ann", -(10n ** 30n)) } }),
  },
  "a provider unbonds before time began": {
    noticedBy: ["nonNegative"],
    corrupt: (view) => ({
      ...view,
      registry: {
        ...view.registry,
        providers: new Map([...view.registry.providers, ["ghost", { status: "absent", stakeWei: 0n, gpuCount: 0, unbondsAtSeconds: -1 }]]),
      },
    }),
  },
}

describe("notice", () => {
  const steps = play(fc.sample(tickArbitrary, { seed: 7, numRuns: 6 }))

  for (const [what, { noticedBy, corrupt }] of Object.entries(corruptions))
    test(what, () => {
      for (const { before, after, receipts } of steps)
        for (const name of noticedBy) expect(invariants[name].check(before, corrupt(after), receipts), name).toMatch(/\d/)
    })

  test("every invariant is broken by some corruption", () => {
    const noticing = new Set(Object.values(corruptions).flatMap(({ noticedBy }) => noticedBy))
    expect([...noticing].sort()).toEqual(Object.keys(invariants).sort())
  })

  test("a fact that the contracts kept to themselves", () => {
    const hidden = steps.flatMap(({ before, after, receipts }) =>
      breaches({ before, after, receipts: receipts.map((receipt) => ({ ...receipt, facts: [] })) }),
    )
    expect(hidden.length).toBeGreaterThan(5)
  })
})
