import { Effect } from "effect"
import { expect, it } from "vitest"
import type { Fault } from "../sim/faults/index.ts"
import type { Receipt } from "../sim/ledger.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

const day = (kind: Fault) => ({ ...kind, fromDay: 1, toDay: 3 })
const faults: ReadonlyArray<Fault> = [
  { kind: "gpuFlood", group: "home", count: 12, fromDay: 0, toDay: 3 },
  day({ kind: "reorg", chancePerTick: 0.4, delayTicks: 2, order: "shuffled", fromDay: 0, toDay: 0 }),
  day({ kind: "congestion", gasFactor: 1, ordersPerTickMax: 70, fromDay: 0, toDay: 0 }),
  day({ kind: "corruptedResults", corruptedShare: 0.5, noticedShare: 0.5, share: 1, fromDay: 0, toDay: 0 }),
  day({ kind: "regionOutage", region: "texas", share: 0.5, fromDay: 0, toDay: 0 }),
  day({ kind: "oracleDeviation", factor: 0.5, share: 0.6, fromDay: 0, toDay: 0 }),
  day({ kind: "heatThrottling", speedShare: 0.5, share: 1, fromDay: 0, toDay: 0 }),
]

it("gives the chain and its twin the same run under many faults at once", async () => {
  const { scenario: baseline, catalogue } = readScenario("scenarios/baseline.yaml")
  const scenario = { ...baseline, faults, calendar: { ...baseline.calendar, days: 5 } }
  const played = async (ledger: { readonly ledger?: typeof memoryLedger }) => {
    const receipts: Array<unknown> = []
    const rows: Array<unknown> = []
    await Effect.runPromise(
      execute(
        { scenario, catalogue, seed: "1" },
        {
          ...ledger,
          onTick: ({ row: { gasUsed: _, ...row }, receipts: settled }) => {
            rows.push(row)
            receipts.push(settled.map(({ order, status, reason, facts }: Receipt) => ({ order, status, reason, facts })))
          },
        },
      ),
    )
    return { rows, receipts }
  }
  const twin = await played({ ledger: memoryLedger })
  expect(await played({})).toEqual(twin)
  expect(JSON.stringify(twin.rows)).toMatch(/"ordersWaiting":[1-9]/)
}, 120_000)
