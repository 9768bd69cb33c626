import { Effect } from "effect"
import { expect, it } from "vitest"
import { cast } from "./actor.ts"
import { agentKind } from "./agent.ts"
import { genesis } from "./genesis.ts"
import { usualTerms } from "./jobs/terms.ts"
import type { Order, Receipt } from "./ledger.ts"
import type { Catalogue } from "./preset.ts"
import { run } from "./run.ts"
import type { Scenario } from "./scenario.ts"
import type { SequencePolicy } from "./sequence.ts"
import { memoryLedger } from "./testing/memoryLedger.ts"

const seen = new Map<string, ReadonlyArray<string>>()
const label = ({ agent, action, tipWei }: Order) => `${agent} ${action.kind === "token.transfer" ? action.amountWei : ""} for ${tipWei}`
const pay = (amountWei: bigint) => ({ kind: "token.transfer" as const, to: "treasury", amountWei })

const plain = agentKind({
  role: "trader",
  fields: {},
  endow: () => ({ tokens: 1, usd: 0 }),
  begin: () => null,
  decide: ({ self, world }) => {
    seen.set(self, world.pending.map(label))
    return { memory: null, actions: [pay(5n)], tipWei: 10n }
  },
})
/** Goes before what is pending, and after it. */
const sandwich = agentKind({
  role: "trader",
  wave: 1,
  fields: {},
  endow: () => ({ tokens: 1, usd: 0 }),
  begin: () => null,
  decide: ({ self, world }) => {
    seen.set(self, world.pending.map(label))
    return { memory: null, actions: [pay(6n)], tipWei: 11n, closing: { actions: [pay(4n)], tipWei: 9n } }
  },
})

const scenario = (sequence: SequencePolicy): Scenario => ({
  name: "pending",
  question: "Who sees whom?",
  calendar: { start: "2026-01-01", days: 1, ticksPerDay: 4, epochDays: 1 },
  seeds: 1,
  sequence,
  chain: { kind: "free" },
  gpuFigures: "value",
  protocols: {
    token: { genesisTokens: 1000 },
    pool: { tokens: 10, usd: 10, treasuryShare: 1 },
    priceSource: { kind: "spot" },
    registry: { stakeTokensPerGpu: 1, unbondingDays: 1 },
    market: { feeBps: 0, burnBps: 0 },
    oracle: { quorum: 1, toleranceBps: 0, slashBps: 0 },
    emissions: { kind: "fixed", tokensPerEpoch: 0 },
    burn: { kind: "treasury" },
    venue: { inventoryTokens: 1, feeBps: 0 },
    farms: [],
    feeds: [],
    vesting: [],
    pools3: [],
  },
  markets: {
    reference: {
      volatilityPerYear: 0,
      driftPerYear: 0,
      depthUsdPerPercent: 1,
      burnMultipleYears: 0,
      treasuryWorth: 0,
      reversionHalfLifeDays: 1,
    },
    demand: { growthPerYear: 0, volatilityPerDay: 0, reversionHalfLifeDays: 1 },
    energy: { preset: "none", volatilityPerDay: 0, reversionHalfLifeDays: 1 },
    faults: { hoursBetweenFailures: 1, repairHours: 1, unseenSharePerEpoch: 0 },
    cloud: { preset: "none" },
    jobs: usualTerms,
  },
  faults: [],
  agents: [
    { kind: "sandwich", id: "a", count: 2 },
    { kind: "plain", id: "b", count: 2 },
  ],
  objectives: [],
})
const catalogue: Catalogue = {
  gpus: new Map(),
  clouds: new Map([["none", { id: "none", offers: [] }]]),
  energies: new Map([["none", { id: "none", regions: [] }]]),
}

const play = (sequence: SequencePolicy) => {
  const played = scenario(sequence)
  const agents = { plain, sandwich }
  let receipts: ReadonlyArray<Receipt> = []
  Effect.runSync(
    run({ scenario: played, catalogue, agents, seed: "1", untilTick: 1, onTick: (tick) => (receipts = tick.receipts) }).pipe(
      Effect.provide(memoryLedger(genesis(played, cast(played, agents, "1")))),
    ),
  )
  return receipts.slice(1).map(({ order }) => label(order))
}

it("shows pending orders to a later wave, also those of its agents before, and to nobody else", () => {
  play("tip")
  const first = ["b-1 5 for 10", "b-2 5 for 10"]
  expect([...seen]).toEqual([
    ["b-1", []],
    ["b-2", []],
    ["a-1", first],
    ["a-2", [...first, "a-1 6 for 11", "a-1 4 for 9"]],
  ])
})

it("lets a decision go before others and after them, where bids decide the order", () => {
  expect(play("tip")).toEqual(["a-1 6 for 11", "a-2 6 for 11", "b-1 5 for 10", "b-2 5 for 10", "a-1 4 for 9", "a-2 4 for 9"])
  expect(play("agent")).toEqual(["a-1 6 for 11", "a-1 4 for 9", "a-2 6 for 11", "a-2 4 for 9", "b-1 5 for 10", "b-2 5 for 10"])
  expect(play("shuffle").toSorted()).toEqual(play("tip").toSorted())
  expect(play("shuffle")).not.toEqual(play("tip"))
})
