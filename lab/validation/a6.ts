import { Effect } from "effect"
import { agents } from "../../agents/index.ts"
import { cast } from "../../sim/actor.ts"
import { factsOf } from "../../sim/facts.ts"
import { genesis } from "../../sim/genesis.ts"
import { run, type TickRecord } from "../../sim/run.ts"
import type { AgentGroup, Scenario } from "../../sim/scenario.ts"
import { mean } from "../../sim/stats/mean.ts"
import { DAYS_PER_YEAR, fromMicros, fromWei } from "../../sim/units.ts"
import { CaseInvalid, integer, real, referenceCase } from "./referenceCase.ts"
import { nothingElse, stillMarkets } from "./stillMarkets.ts"
import { silentNode, stillProtocols } from "./stillProtocols.ts"

interface Point {
  readonly sigmaPerDay: number
  readonly feePips: bigint
  readonly blocksPerDay: bigint
  readonly days: bigint
  readonly seeds: bigint
}

/** Basis points in one. */
const BP = 10_000

/**
 * What a full-range position of a real v3 pool loses to the arbitrageur agent, by the LP ledger: loss versus rebalancing less the fees. The
 * price moves by equal log-normal steps, one a block, so the blocks are FIXED and not Poisson.
 */
export const a6 = referenceCase({
  id: "A6",
  title: "Loss to arbitrage of a constant-product position, by fee and block time",
  source: "Milionis, Moallemi, Roughgarden and Zhang 2022; Nezlobin and Tassy 2025 for fixed blocks",
  parameters: {
    sigmaPerDay: real("1/sqrt(day)", "volatility of the outside price", 0.05, { min: 0.001, max: 0.5 }),
    feePips: integer("millionths", "fee of the pool", 0n, { max: 100_000n }),
    blocksPerDay: integer("blocks a day", "3, 4, 6, 8, 12 or 24", 24n, { min: 3n, max: 24n }),
    days: integer("days", "of each seed", 15n, { min: 1n, max: 3_650n }),
    seeds: integer("seeds", "independent price paths; the rarer the trades, the more are needed", 12n, { min: 2n, max: 10_000n }),
  },
  quantities: { loss: { unit: "basis points of the pool a day", precision: 0.005 } },
  // As many days as bring the standard error under the precision; more only make it smaller (feePips=10000 sigmaPerDay=0.1 days=200: 0.2 %).
  published: [
    // sigma^2 / 8 = 3.125, plus the 1.6e-5 of it that hourly blocks add: the mean of cosh(step / 2) - 1.
    { at: { days: 1n }, expected: {} },
    { at: { feePips: 500n, days: 6n }, expected: {} },
    { at: { feePips: 500n, sigmaPerDay: 0.1, blocksPerDay: 12n, days: 12n }, expected: {} },
    { at: { feePips: 3_000n, sigmaPerDay: 0.1, blocksPerDay: 8n, days: 24n }, expected: {} },
    { at: { feePips: 3_000n, sigmaPerDay: 0.1, days: 30n }, expected: {} },
  ],
  expected: (point) => ({ loss: lossPerBlock(point) * Number(point.blocksPerDay) * BP }),
  measured: (point, { ledger }) =>
    Effect.gen(function* () {
      if (!blocksPerDayKnown.some((known) => BigInt(known) === point.blocksPerDay))
        return yield* new CaseInvalid({ message: `A6: blocksPerDay=${point.blocksPerDay} is none of ${blocksPerDayKnown.join(", ")}` })
      const scenario = worldOf(point)
      const variance = point.sigmaPerDay ** 2 / Number(point.blocksPerDay)
      // Control variate: the loss follows the realised variance of the path, whose expectation is known.
      const slope = lossPerBlock(point) / variance
      const estimates: number[] = []
      for (let seed = 1; seed <= Number(point.seeds); seed++) {
        const blocks: Array<Block> = []
        const onTick = (tick: TickRecord) => void blocks.push(blockOf(tick, Number(point.feePips), blocks.at(-1)))
        yield* run({ scenario, catalogue: nothingElse, agents, seed: `a6/${seed}`, onTick }).pipe(
          Effect.provide(ledger(genesis(scenario, cast(scenario, agents, `a6/${seed}`)))),
          Effect.catchTag("InvariantBroken", ({ message }) => new CaseInvalid({ message: `A6: ${message}` })),
        )
        // The first block only says where the price begins.
        const steps = blocks.slice(1).map(({ price, lossUsd, poolUsd }, index) => {
          const step = Math.log(price / blocks[index]!.price)
          return lossUsd / poolUsd - slope * (step * step - variance)
        })
        estimates.push(mean(steps) * Number(point.blocksPerDay) * BP)
      }
      const average = mean(estimates)
      const spread = estimates.reduce((sum, value) => sum + (value - average) ** 2, 0) / (estimates.length - 1)
      return { loss: { mean: average, standardError: Math.sqrt(spread / estimates.length) } }
    }),
})

const blocksPerDayKnown = [3, 4, 6, 8, 12, 24] as const

interface Block {
  readonly price: number
  readonly lossUsd: number
  /** What the liquidity is worth, fees apart. */
  readonly poolUsd: number
  readonly feeTokens: number
  readonly feeUsd: number
}

const blockOf = ({ row, receipts }: TickRecord, feePips: number, before: Block | undefined): Block => {
  const price = row["referencePriceUsd"]!
  let [feeTokens, feeUsd] = [0, 0]
  for (const { sell, amountIn } of factsOf(receipts, "pool3.swapped")) {
    if (sell === "token") feeTokens += (fromWei(amountIn) * feePips) / 1e6
    else feeUsd += (fromMicros(amountIn) * feePips) / 1e6
  }
  const all = { feeTokens: (before?.feeTokens ?? 0) + feeTokens, feeUsd: (before?.feeUsd ?? 0) + feeUsd }
  return {
    ...all,
    price,
    lossUsd: -row["lpLossVersusRebalancingUsd.range"]! - feeTokens * price - feeUsd,
    poolUsd: row["lpValueUsd.range"]! - all.feeTokens * price - all.feeUsd,
  }
}

/**
 * Expected loss in one block, as a share of the pool. The gap z between pool and outside price (in logarithms) takes a normal step, and the
 * arbitrageur brings it back to the edge of the band that the fee leaves; a move by d beyond the edge earns him
 * (cosh(d / 2) - 1) / (cosh(g / 2) sqrt(1 - fee)) of the pool. The mean over the stationary law of z, by iteration of its density.
 */
const lossPerBlock = ({ sigmaPerDay, feePips, blocksPerDay }: Point): number => {
  const sigma = sigmaPerDay / Math.sqrt(Number(blocksPerDay))
  const fee = Number(feePips) / 1e6
  const edge = -Math.log1p(-fee)
  const gain = (d: number) => (Math.cosh(d / 2) - 1) / (Math.cosh(edge / 2) * Math.sqrt(1 - fee))
  const normal = (x: number) => Math.exp((-x * x) / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI))
  const inside = simpson(-edge, edge, edge === 0 ? 0 : 2 * Math.ceil((16 * edge) / sigma + 8))
  const beyond = simpson(0, 9 * sigma, 400)
  let density = inside.map(() => 0)
  /** Chance to be at either edge; all of it at the start. */
  let atEdge = 1
  const stepTo = (y: number): number =>
    inside.reduce((sum, { x, weight }, index) => sum + density[index]! * weight * normal(y - x), 0) +
    (atEdge / 2) * (normal(y - edge) + normal(y + edge))
  for (let change = 1; change > 1e-12;) {
    const next = inside.map(({ x }) => stepTo(x))
    const mass = inside.reduce((sum, { weight }, index) => sum + next[index]! * weight, 0)
    change = Math.abs(1 - mass - atEdge)
    density = next
    atEdge = 1 - mass
  }
  return 2 * beyond.reduce((sum, { x, weight }) => sum + weight * gain(x) * stepTo(edge + x), 0)
}

const simpson = (from: number, to: number, pieces: number): ReadonlyArray<{ readonly x: number; readonly weight: number }> => {
  const step = (to - from) / pieces
  return Array.from({ length: pieces === 0 ? 0 : pieces + 1 }, (_, index) => ({
    x: from + index * step,
    weight: (step / 3) * (index === 0 || index === pieces ? 1 : index % 2 === 1 ? 4 : 2),
  }))
}

/** Nothing but one pool, an arbitrageur with a deep purse, and an outside market that follows nobody. */
const worldOf = ({ sigmaPerDay, feePips, blocksPerDay, days }: Point): Scenario => ({
  name: "a6",
  question: "",
  calendar: {
    start: "2026-01-01",
    days: Number(days),
    ticksPerDay: Number(blocksPerDay) as (typeof blocksPerDayKnown)[number],
    epochDays: 1,
  },
  seeds: 1,
  sequence: "tip",
  chain: { kind: "free" },
  gpuFigures: "value",
  protocols: {
    ...stillProtocols,
    token: { genesisTokens: 1e9 },
    pool: { tokens: 0.001, usd: 1, treasuryShare: 1 },
    pools3: [{ id: "range", feePips: Number(feePips), treasuryUsd: 1e6, twapHours: 24 }],
    venue: { inventoryTokens: 1e6, feeBps: 0 },
  },
  markets: {
    ...stillMarkets,
    reference: { ...stillMarkets.reference, volatilityPerYear: sigmaPerDay * Math.sqrt(DAYS_PER_YEAR) },
  },
  faults: [],
  agents: groups,
  objectives: [],
})

const groups: ReadonlyArray<AgentGroup & Readonly<Record<string, unknown>>> = [
  { kind: "arbitrageur", id: "arbitrageur", count: 1, tokens: 1e6, usd: 1e9, profitUsdMin: 0, tipGwei: 1 },
  silentNode,
]
