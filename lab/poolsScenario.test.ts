import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { factsOf } from "../sim/facts.ts"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import type { SequencePolicy } from "../sim/sequence.ts"
import { median } from "../sim/stats/quantile.ts"
import { fromMicros, fromWei } from "../sim/units.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// What several pools must look like to an economist, on the real contracts.

const { scenario: shipped, catalogue } = readScenario("scenarios/pools-v2-v3.yaml")
const pools = ["bp1", "bp5", "bp30", "bp100"]
const feePips: Readonly<Record<string, number>> = { bp1: 100, bp5: 500, bp30: 3_000, bp100: 10_000 }

const play = async (sequence: SequencePolicy, days: number) => {
  const scenario = { ...shipped, sequence, calendar: { ...shipped.calendar, days } }
  const rows: Array<Row> = []
  const receipts: Array<Receipt> = []
  const onTick = (tick: { readonly row: Row; readonly receipts: ReadonlyArray<Receipt> }) => {
    rows.push(tick.row)
    receipts.push(...tick.receipts)
  }
  const { agents } = await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }, { onTick }))
  const column = (name: string): ReadonlyArray<unknown> => agents.find((one) => one.name === name)!.data
  const valueOf = (agent: string, name: string) => Number(column(name)[column("id").indexOf(`${agent}-1`)])
  return { rows, receipts, valueOf }
}
const [fair, shuffled] = [await play("tip", 20), await play("shuffle", 6)]
const total = (rows: ReadonlyArray<Row>, column: string) => rows.reduce((sum, row) => sum + row[column]!, 0)
const by = (receipts: ReadonlyArray<Receipt>, agent: string) => receipts.filter(({ order }) => order.agent.startsWith(agent))

describe("pools-v2-v3", () => {
  it("trades in every pool, and pays its liquidity more the dearer it is", () => {
    const earned = pools.map((pool) => total(fair.rows, `lpFeesUsd.${pool}`) / total(fair.rows, `lpValueUsd.${pool}`))
    for (const pool of pools) expect(total(fair.rows, `volumeByPoolUsd.${pool}`)).toBeGreaterThan(10_000)
    expect(earned).toEqual(earned.toSorted((a, b) => a - b))
  })

  it("keeps every pool near the outside price: on the median tick within both fees and what six hours of retail move", () => {
    for (const pool of pools) {
      const gaps = fair.rows.slice(1).map((row) => Math.abs(row[`priceByPoolUsd.${pool}`]! / row["referencePriceUsd"]! - 1))
      expect(median(gaps)).toBeLessThan(feePips[pool]! / 1e6 + shipped.protocols.venue.feeBps / 1e4 + 0.015)
    }
  })

  it("costs a range the more, the narrower it is, as theory says: loss to arbitrage is as concentrated as liquidity is", () => {
    for (const pool of pools) {
      const loss = (strategy: string) => -fair.valueOf(`${pool}-${strategy}`, "lossVersusRebalancingUsd")
      // A range from half to twice the price holds 1 / (1 - 2^-1/2) = 3.4 times the liquidity of a full one.
      expect(loss("fixed") / loss("full")).toBeGreaterThan(2.8)
      expect(loss("fixed") / loss("full")).toBeLessThan(4)
      expect(loss("wide")).toBeGreaterThan(loss("fixed"))
      expect(loss("narrow")).toBeGreaterThan(loss("wide"))
      expect(loss("jit")).toBeLessThan(0)
    }
  })

  it("has retail whose trades fail rarely, wherever they are routed", () => {
    for (const group of ["retail-main", "retail-best", "retail-split"]) {
      const swaps = by(fair.receipts, group).filter(({ order }) => order.action.kind.endsWith("swap"))
      expect(swaps.length).toBeGreaterThan(100)
      expect(swaps.filter(({ status }) => status === "reverted").length / swaps.length).toBeLessThan(0.05)
    }
  })

  it("books what an agent buys in any pool", () => {
    const own = by(fair.receipts, "retail-split-1")
    const spent = [...factsOf(own, "pool.swapped"), ...factsOf(own, "pool3.swapped")].filter(({ sell }) => sell === "dollar")
    expect(new Set(spent.map(({ kind }) => kind)).size).toBe(2)
    const spentUsd = spent.reduce((sum, { amountIn }) => sum + fromMicros(amountIn), 0)
    expect(fair.valueOf("retail-split", "boughtForUsd") / spentUsd).toBeCloseTo(1, 9)
  })

  it("fills swaps in part where the order is random, and the arbitrageur squares what that leaves", () => {
    expect(pools.reduce((sum, pool) => sum + total(fair.rows, `partialFillsByPool.${pool}`), 0)).toBe(0)
    expect(pools.reduce((sum, pool) => sum + total(shuffled.rows, `partialFillsByPool.${pool}`), 0)).toBeGreaterThan(0)
    let held = 0
    let furthest = 0
    for (const receipt of by(shuffled.receipts, "arbitrageur")) {
      for (const { sell, amountIn, amountOut } of [...factsOf([receipt], "pool.swapped"), ...factsOf([receipt], "pool3.swapped")])
        held += sell === "token" ? -fromWei(amountIn) : fromWei(amountOut)
      for (const { sell, tokenWei } of factsOf([receipt], "venue.traded")) held += (sell === "token" ? -1 : 1) * fromWei(tokenWei)
      furthest = Math.max(furthest, Math.abs(held))
    }
    expect(furthest).toBeGreaterThan(1_000)
    expect(Math.abs(held)).toBeLessThan(furthest)
  })
})
