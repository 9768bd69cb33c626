import { Effect } from "effect"
import { agents } from "../../agents/index.ts"
import { cast } from "../../sim/actor.ts"
import { factsOf } from "../../sim/facts.ts"
import { genesis } from "../../sim/genesis.ts"
import type { Catalogue } from "../../sim/preset.ts"
import { jobKinds } from "../../sim/jobs/kinds/index.ts"
import type { Receipt } from "../../sim/ledger.ts"
import { run, type TickRecord } from "../../sim/run.ts"
import type { AgentGroup, Scenario } from "../../sim/scenario.ts"
import { fromMicros, fromWei } from "../../sim/units.ts"
import { CaseInvalid, integer, real, referenceCase, type Services } from "./referenceCase.ts"
import { stillMarkets } from "./stillMarkets.ts"

interface Point {
  readonly checkShare: number
  readonly chunks: bigint
  readonly costUsd: number
  readonly rewardUsd: number
  readonly slashUsd: number
  readonly colluding: bigint
  readonly epochs: bigint
}

const nodes = 10
const providers = 50

/**
 * Spot checks by the product's own agents on its own contracts: who guesses all chunks is caught so often, and a provider that weighs both sides
 * stops to cheat at that chance of a visit. A provider's money is followed through the chain as well: what it saves, and what a conviction takes.
 */
export const o2 = referenceCase({
  id: "O2",
  title: "Spot checks: detection, and the check rate at which cheating stops to pay, with colluding checkers too",
  source: "closed forms: 1 - (1 - q)^k of independent draws; Becker 1968 for deterrence, with p = v (1 - r)",
  parameters: {
    checkShare: real("share", "chance that a chunk is checked, q", 0.1, { min: 0.001, max: 1 }),
    chunks: integer("chunks", "wrong ones in an epoch, k", 44n, { min: 1n, max: 1_024n }),
    costUsd: real("USD an epoch", "what the work costs, C", 0.6, { min: 0.01, max: 1e4 }),
    rewardUsd: real("USD an epoch", "what it earns, R", 1, { min: 0.01, max: 1e4 }),
    slashUsd: real("USD", "what a conviction costs of the stake, S", 10, { min: 0.01, max: 1e5 }),
    colluding: integer("of ten", "checkers who are bribed, 10 r", 0n, { max: 9n }),
    epochs: integer("epochs", `of ${providers} cheats, for the share that is caught; the more collude, the more are needed`, 9n, {
      min: 2n,
      max: 1_000n,
    }),
  },
  quantities: {
    caught: { unit: "share", precision: 0.01 },
    threshold: { unit: "chance of a visit", precision: 0.01 },
    thresholdPaid: { unit: "chance of a conviction", precision: 1e-4 },
  },
  published: [
    { at: {}, expected: { caught: 0.990302, threshold: 0.0545455, thresholdPaid: 0.0545455 } },
    { at: { checkShare: 0.5, chunks: 8n, colluding: 1n, epochs: 26n }, expected: {} },
  ],
  expected: ({ checkShare, chunks, costUsd, rewardUsd, slashUsd, colluding }) => {
    const honest = 1 - Number(colluding) / nodes
    const paid = costUsd / (rewardUsd + slashUsd)
    return { caught: honest * (1 - (1 - checkShare) ** Number(chunks)), threshold: paid / honest, thresholdPaid: paid }
  },
  measured: (point, services) =>
    Effect.gen(function* () {
      const { costUsd, rewardUsd, slashUsd, colluding } = point
      if (costUsd / (rewardUsd + slashUsd) / (1 - Number(colluding) / nodes) >= 1)
        return yield* new CaseInvalid({ message: "O2: with these numbers cheating pays even if every epoch is checked" })
      return {
        caught: yield* caught(point, services),
        threshold: yield* threshold(point, services),
        thresholdPaid: yield* thresholdPaid(point, services),
      }
    }),
})

/** Share of the epochs of cheats, who guess everything, that end with a conviction. */
const caught = (point: Point, services: Services) =>
  Effect.gen(function* () {
    let [committed, convicted] = [0, 0]
    const world = worldOf(point, {
      count: providers,
      days: Number(point.epochs) + 1,
      checks: { chunks: Number(point.chunks), visitShare: 1, chunkShare: point.checkShare, slashBps: 1 },
      choice: "always",
    })
    yield* play(world, services, ({ receipts }) => {
      committed += factsOf(receipts, "spotChecks.committed").length
      convicted += factsOf(receipts, "spotChecks.convicted").length
    })
    // Two more of each (Agresti and Coull 1998), because a share near 1 seen in few draws hides its own error.
    const share = (convicted + 2) / (committed + 4)
    return { mean: convicted / committed, standardError: Math.sqrt((share * (1 - share)) / committed) }
  })

/** Check rate at which a provider's decision turns: from a thousandth to 1, cut in two by its logarithm until it is known to four in a thousand. */
const threshold = (point: Point, services: Services) =>
  Effect.gen(function* () {
    let [low, high] = [0.001, 1]
    while (high / low > 1.008) {
      const visitShare = Math.sqrt(low * high)
      let isCheating = false
      yield* play(
        single(point, visitShare, "bestResponse", 2),
        services,
        ({ row }) => void (isCheating = row["cheatingShare"]! > 0),
        firstDecision,
      )
      if (isCheating) low = visitShare
      else high = visitShare
    }
    return Math.sqrt(low * high)
  })

/** What an honest provider pays for a day's work, over what a conviction takes: reward and stake of a cheat whom nobody visits, and of one whom all do. */
const thresholdPaid = (point: Point, services: Services) =>
  Effect.gen(function* () {
    const days = 4
    const flows = (visitShare: number, choice: Choice) =>
      Effect.gen(function* () {
        const receipts: Array<Receipt> = []
        // With nobody bribed: what a conviction costs, not how often there is one.
        yield* play(single({ ...point, colluding: 0n }, visitShare, choice, days), services, (tick) => void receipts.push(...tick.receipts))
        return {
          rewardUsd: fromWei(factsOf(receipts, "rewards.credited").at(-1)?.amountWei ?? 0n),
          slashUsd: fromWei(factsOf(receipts, "registry.seized")[0]?.amountWei ?? 0n),
          costUsd: fromMicros(
            factsOf(receipts, "dollar.redeemed").findLast(({ agent, purpose }) => agent === "gpu-1" && purpose === "hardware")
              ?.amountMicros ?? 0n,
          ),
        }
      })
    const [honest, unseen, seen] = [yield* flows(1, "never"), yield* flows(0, "always"), yield* flows(1, "always")]
    return (honest.costUsd - unseen.costUsd) / (unseen.rewardUsd - seen.rewardUsd + seen.slashUsd - unseen.slashUsd)
  })

type Choice = "always" | "bestResponse" | "never"

/** Of the second day. */
const firstDecision = 5

const play = (scenario: Scenario, { ledger }: Services, onTick: (tick: TickRecord) => void, untilTick = Infinity) =>
  run({ scenario, catalogue, agents, seed: "o2", onTick, untilTick }).pipe(
    Effect.provide(ledger(genesis(scenario, cast(scenario, agents, "o2")))),
    Effect.catchTag("InvariantBroken", ({ message }) => new CaseInvalid({ message: `O2: ${message}` })),
  )

/** One provider, all of whose work is one chunk that is checked whenever it is visited. */
const single = (point: Point, visitShare: number, choice: Choice, days: number): Scenario =>
  worldOf(point, { count: 1, days, checks: { chunks: 1, visitShare, chunkShare: 1, slashBps }, choice })

const slashBps = 1_000
const hoursPerEpoch = 24
/** Small beside what the work costs, and enough for those who take it. */
const bribeUsd = 1e-6

interface Setting {
  readonly count: number
  readonly days: number
  readonly checks: { readonly chunks: number; readonly visitShare: number; readonly chunkShare: number; readonly slashBps: number }
  readonly choice: Choice
}

/** Tokens at a dollar that nobody trades, one GPU each, and an oracle that believes everybody. */
const worldOf = ({ costUsd, rewardUsd, slashUsd, colluding }: Point, { count, days, checks, choice }: Setting): Scenario => ({
  name: "o2",
  question: "",
  calendar: { start: "2026-01-01", days, ticksPerDay: 4, epochDays: 1 },
  seeds: 1,
  sequence: "tip",
  chain: { kind: "free" },
  gpuFigures: "value",
  protocols: {
    token: { genesisTokens: 1e9 },
    pool: { tokens: 1e6, usd: 1e6, treasuryShare: 1 },
    pools3: [],
    priceSource: { kind: "spot" },
    farms: [],
    feeds: [],
    vesting: [],
    registry: { stakeTokensPerGpu: (slashUsd * 10_000) / slashBps, unbondingDays: 0 },
    market: { feeBps: 0, burnBps: 0 },
    oracle: { quorum: nodes / 2 + 1, toleranceBps: 0, slashBps: 0 },
    spotChecks: { ...checks, deadlineSlackShare: 0, falseAcceptShare: 0, falseRejectShare: 0 },
    emissions: { kind: "fixed", tokensPerEpoch: rewardUsd * count },
    burn: { kind: "treasury" },
    venue: { inventoryTokens: 1, feeBps: 0 },
  },
  markets: {
    ...stillMarkets,
    energy: { ...stillMarkets.energy, preset: "free" },
    faults: { ...stillMarkets.faults, hoursBetweenFailures: 1e9 },
  },
  faults: [],
  agents: [...committee(Number(colluding)), provider(count, costUsd, Number(colluding), choice)],
  objectives: [],
})

type Group = AgentGroup & Readonly<Record<string, unknown>>

/** Those who take bribes come first. */
const committee = (colluding: number): ReadonlyArray<Group> => {
  const node = { kind: "oracleNode", coverageShare: 0, uptimeShare: 1, reportUsdMax: 1, noiseShare: 0 }
  return [
    ...(colluding > 0 ? [{ ...node, id: "a-node", count: colluding, bribeUsdMin: bribeUsd }] : []),
    { ...node, id: "b-node", count: nodes - colluding },
  ]
}

const provider = (count: number, costUsd: number, colluding: number, choice: Choice): Group => ({
  kind: "provider",
  id: "gpu",
  count,
  gpu: "one",
  gpuCount: 1,
  region: "here",
  energyPriceFactor: 1,
  hardwareUsdPerGpuHour: costUsd / hoursPerEpoch,
  hurdleShare: 0,
  patienceDays: 3_650,
  startActiveShare: 1,
  askDiscountShare: 0,
  askStepShare: 0,
  sellShare: 0,
  slippageShareMax: 1,
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
  ...(choice === "never"
    ? {}
    : { fraud: { kind: "oracleCollusion", share: 1, bribedShare: colluding / nodes, bribeUsd, choice, noticedShare: 0 } }),
})

const assumed = (value: number) => ({ value, provenance: "assumed" as const, source: "validation" })

const catalogue: Catalogue = {
  gpus: new Map([
    [
      "one",
      {
        id: "one",
        label: "one work hour an hour, without power",
        date: "2026-01-01",
        memoryGib: 1,
        workHoursPerGpuHour: Object.fromEntries(jobKinds.map((kind) => [kind, assumed(1)])) as never,
        loadWatts: assumed(0),
        idleWatts: assumed(0),
      },
    ],
  ]),
  clouds: new Map([
    [
      "none",
      { id: "none", offers: [{ cloud: "none", instance: "none", gpu: "one", usdPerGpuHour: 1, source: "validation", date: "2026-01-01" }] },
    ],
  ]),
  energies: new Map([
    ["free", { id: "free", regions: [{ id: "here", label: "here", usdPerKwh: 1e-9, source: "validation", date: "2026-01-01" }] }],
  ]),
}
