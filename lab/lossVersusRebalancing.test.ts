import { Effect } from "effect"
import { expect, it } from "vitest"
import { factsOf } from "../sim/facts.ts"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import { fromMicros, fromWei } from "../sim/units.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

const { scenario: shipped, catalogue } = readScenario("scenarios/lvr.yaml")
const feeShare = { bp1: 100e-6, bp5: 500e-6, bp100: 10_000e-6 }

it("is an eighth of the variance in every full range, whatever its fee, where the outside price follows nobody", async () => {
  const { reference } = shipped.markets
  const scenario = {
    ...shipped,
    calendar: { ...shipped.calendar, days: 15 },
    markets: { ...shipped.markets, reference: { ...reference, depthUsdPerPercent: 1e9 } },
  }
  const rows: Array<Row> = []
  const feesUsd: Record<string, number> = {}
  const onTick = ({ row, receipts }: { readonly row: Row; readonly receipts: ReadonlyArray<Receipt> }) => {
    rows.push(row)
    for (const { agent, pool, sell, amountIn } of factsOf(receipts, "pool3.swapped")) {
      if (!agent.startsWith("arbitrageur")) continue
      const usd = sell === "token" ? fromWei(amountIn) * row["referencePriceUsd"]! : fromMicros(amountIn)
      feesUsd[pool] = (feesUsd[pool] ?? 0) + usd * feeShare[pool as keyof typeof feeShare]
    }
  }
  await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }, { onTick }))
  const closedForm = rows.at(-1)!["lvrClosedFormShare"]!
  // 15 days of 1.5^2 / 8 a year, of which 360 steps realise all but their own spread.
  expect(closedForm / ((1.5 ** 2 / 8) * (15 / 365))).toBeCloseTo(1, 0)
  const captured = Object.entries(feeShare).map(([pool]) => {
    expect(Math.abs(rows.at(-1)![`lvrShare.${pool}`]! / closedForm - 1)).toBeLessThan(0.12)
    return feesUsd[pool]! / -rows.reduce((sum, row) => sum + row[`lpLossVersusRebalancingUsd.${pool}`]!, 0)
  })
  // What A6's law for fixed blocks of an hour leaves of the loss at these fees: 1.0, 4.8 and 51.6 % come back.
  expect(captured[0]).toBeCloseTo(0.01, 2)
  expect(captured[1]).toBeCloseTo(0.048, 2)
  expect(Math.abs(captured[2]! - 0.516)).toBeLessThan(0.08)
})
