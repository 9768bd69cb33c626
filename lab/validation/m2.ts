import { Effect } from "effect"
import { agents } from "../../agents/index.ts"
import { cast } from "../../sim/actor.ts"
import { genesis } from "../../sim/genesis.ts"
import type { Row } from "../../sim/metric.ts"
import { stream } from "../../sim/rng.ts"
import { run } from "../../sim/run.ts"
import type { AgentGroup, Scenario } from "../../sim/scenario.ts"
import { mean, meanInterval, variance } from "../../sim/stats/mean.ts"
import { CaseInvalid, integer, referenceCase, type Services } from "./referenceCase.ts"
import { nothingElse, stillMarkets } from "./stillMarkets.ts"
import { silentNode, stillProtocols } from "./stillProtocols.ts"

/** Common random numbers through the real contracts, and repeated intervals. */
export const m2 = referenceCase({
  id: "M2",
  title: "Common random numbers, and coverage of 1000 repeated 95 % intervals",
  source:
    "a no-op change changes nothing; Student's t is exact for normal values (Gosset 1908), so 95 % hold the mean: 0.926 to 0.971 of 1000",
  parameters: {
    intervals: integer("intervals", "repeated", 1_000n, { min: 1_000n, max: 1_000n }),
    values: integer("values", "normal, in each interval", 8n, { min: 2n, max: 1_000n }),
    seeds: integer("seeds", "of the small world on the chain", 6n, { min: 3n, max: 1_000n }),
    days: integer("days", "of each seed", 4n, { min: 1n, max: 365n }),
  },
  quantities: {
    coverage: { unit: "share of intervals", precision: 0 },
    noOpChange: { unit: "rows", precision: 0 },
    pairedVariance: { unit: "against unpaired", precision: 0 },
  },
  published: [{ at: {}, expected: {} }],
  expected: () => ({ coverage: "within 0.926 to 0.971", noOpChange: "bit-identical", pairedVariance: "below" }),
  measured: ({ intervals, values, seeds, days }, services) =>
    Effect.gen(function* () {
      const rng = stream("m2", "coverage")
      let held = 0
      for (let i = 0; i < Number(intervals); i++) {
        const { low, high } = meanInterval(Array.from({ length: Number(values) }, () => 10 + 3 * rng.normal()))
        if (low <= 10 && 10 <= high) held++
      }
      const share = held / Number(intervals)
      const base: number[] = []
      const changed: number[] = []
      let different = 0
      for (let seed = 1; seed <= Number(seeds); seed++) {
        const rows = yield* rowsOf(worldOf({ days }), `m2/${seed}`, services)
        // The oracle's fine is another one in the contract, and nobody there is ever fined.
        const noOp = yield* rowsOf(worldOf({ days, slashBps: 777 }), `m2/${seed}`, services)
        if (JSON.stringify(rows) !== JSON.stringify(noOp)) different++
        base.push(priceOf(rows))
        changed.push(priceOf(yield* rowsOf(worldOf({ days, poolUsd: 1_100_000 }), `m2/${seed}`, services)))
      }
      const paired = variance(changed.map((value, index) => value - base[index]!))
      const unpaired = variance(base) + variance(changed)
      return {
        coverage: share >= 0.926 && share <= 0.971 ? "within 0.926 to 0.971" : `${share}`,
        noOpChange: different === 0 ? "bit-identical" : `different in ${different} seeds`,
        pairedVariance: unpaired > 0 && paired < unpaired ? "below" : `${paired} against ${unpaired}`,
      }
    }),
})

const rowsOf = (scenario: Scenario, seed: string, { ledger }: Services) =>
  Effect.gen(function* () {
    const rows: Array<Row> = []
    yield* run({ scenario, catalogue: nothingElse, agents, seed, onTick: ({ row }) => void rows.push(row) }).pipe(
      Effect.provide(ledger(genesis(scenario, cast(scenario, agents, seed)))),
      Effect.catchTag("InvariantBroken", ({ message }) => new CaseInvalid({ message: `M2: ${message}` })),
    )
    return rows
  })

/** Mean price in the pool, which an arbitrageur drags after a random outside price. */
const priceOf = (rows: ReadonlyArray<Row>): number => mean(rows.map((row) => row["priceUsd"]!))

const worldOf = ({
  days,
  slashBps = 0,
  poolUsd = 1_000_000,
}: {
  readonly days: bigint
  readonly slashBps?: number
  readonly poolUsd?: number
}): Scenario => ({
  name: "m2",
  question: "",
  calendar: { start: "2026-01-01", days: Number(days), ticksPerDay: 4, epochDays: 1 },
  seeds: 1,
  sequence: "tip",
  chain: { kind: "free" },
  gpuFigures: "value",
  protocols: {
    ...stillProtocols,
    token: { genesisTokens: 1e9 },
    pool: { tokens: 1_000_000, usd: poolUsd, treasuryShare: 1 },
    oracle: { ...stillProtocols.oracle, slashBps },
    venue: { inventoryTokens: 1e6, feeBps: 0 },
  },
  markets: { ...stillMarkets, reference: { ...stillMarkets.reference, volatilityPerYear: 0.7 } },
  faults: [],
  agents: groups,
  objectives: [],
})

const groups: ReadonlyArray<AgentGroup & Readonly<Record<string, unknown>>> = [
  { kind: "arbitrageur", id: "arbitrageur", count: 1, tokens: 1e6, usd: 1e9, profitUsdMin: 0, tipGwei: 1 },
  silentNode,
]
