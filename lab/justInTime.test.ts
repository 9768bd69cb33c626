import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { factsOf } from "../sim/facts.ts"
import type { Receipt } from "../sim/ledger.ts"
import type { Row } from "../sim/metric.ts"
import type { SequencePolicy } from "../sim/sequence.ts"
import { fromMicros, fromWei } from "../sim/units.ts"
import { execute } from "./execution/execute.ts"
import { readScenario } from "./scenarioFile.ts"

// A provider that waits for swaps, beside one that stays, on the real contracts.

const { scenario: shipped, catalogue } = readScenario("scenarios/pools-v2-v3.yaml")
const group = (id: string, changes: object) => ({ ...shipped.agents.find((one) => one.id === id)!, ...changes })
const feePips = 3_000

const play = async (sequence: SequencePolicy) => {
  const scenario = {
    ...shipped,
    sequence,
    calendar: { ...shipped.calendar, days: 20 },
    markets: { ...shipped.markets, reference: { ...shipped.markets.reference, volatilityPerYear: 0 } },
    agents: [
      group("oracle", {}),
      group("bp30-jit", { usd: 40_000 }),
      group("bp30-full", {}),
      group("retail-best", { count: 1, tokens: 200_000, usd: 100_000, tradesPerDay: 6, usdPerTrade: 3_000 }),
    ],
  }
  const ticks: Array<ReadonlyArray<Receipt>> = []
  const rows: Array<Row> = []
  const onTick = ({ row, receipts }: { readonly row: Row; readonly receipts: ReadonlyArray<Receipt> }) => {
    ticks.push(receipts)
    rows.push(row)
  }
  await Effect.runPromise(execute({ scenario, catalogue, seed: "1" }, { onTick }))
  return { ticks, rows }
}
const byJit = (receipts: ReadonlyArray<Receipt>) => receipts.filter(({ order }) => order.agent.startsWith("bp30-jit"))
const kind = ({ order }: Receipt) => order.action.kind

const { ticks: fair, rows } = await play("tip")
const { ticks: shuffled } = await play("shuffle")

describe("just in time on the chain", () => {
  it("stands before the swaps and is gone after them, and earns most of their fees", () => {
    const active = fair.filter((receipts) => byJit(receipts).some((receipt) => kind(receipt) === "pool3.mint"))
    expect(active.length).toBeGreaterThan(5)
    for (const receipts of active) {
      const own = byJit(receipts)
      expect(own.map((receipt) => [kind(receipt), receipt.status])).toEqual([
        ["pool3.mint", "ok"],
        ["pool3.decrease", "ok"],
        ["venue.trade", "ok"],
      ])
      const [mint, decrease] = own.map((receipt) => receipts.indexOf(receipt)) as [number, number]
      const between = factsOf(receipts.slice(mint, decrease), "pool3.swapped").filter(({ pool }) => pool === "bp30")
      expect(between.length).toBeGreaterThan(0)

      // What it collects beyond what it takes out of the liquidity is the fee.
      const [collected] = factsOf(own, "pool3.collected")
      const [taken] = factsOf(own, "pool3.decreased")
      const earned = { token: Number(collected!.tokenWei - taken!.tokenWei), dollar: Number(collected!.dollarMicros - taken!.dollarMicros) }
      for (const side of ["token", "dollar"] as const) {
        const paid = between.filter(({ sell }) => sell === side).reduce((sum, { amountIn }) => sum + (Number(amountIn) * feePips) / 1e6, 0)
        if (paid > 0) expect(earned[side] / paid).toBeGreaterThan(0.6)
        expect(earned[side]).toBeLessThanOrEqual(paid * 1.000_001)
      }
    }
  })

  it("is told by the share of the fees that it takes", () => {
    let [own, all] = [0, 0]
    for (const [index, receipts] of fair.entries()) {
      const usd = ({ tokenWei, dollarMicros }: { readonly tokenWei: bigint; readonly dollarMicros: bigint }) =>
        fromWei(tokenWei) * rows[index]!["referencePriceUsd"]! + fromMicros(dollarMicros)
      const facts = byJit(receipts)
      for (const collected of factsOf(facts, "pool3.collected")) own += usd(collected)
      for (const taken of factsOf(facts, "pool3.decreased")) own -= usd(taken)
      for (const { pool, sell, amountIn } of factsOf(receipts, "pool3.swapped")) {
        const paid = (amountIn * BigInt(feePips)) / 1_000_000n
        if (pool === "bp30") all += usd(sell === "token" ? { tokenWei: paid, dollarMicros: 0n } : { tokenWei: 0n, dollarMicros: paid })
      }
    }
    const last = rows.at(-1)!
    expect(own / all).toBeGreaterThan(0.2)
    expect(last["jitFeeShare.bp30"]).toBeCloseTo(own / all, 6)
    // Nobody stands in wait elsewhere, and where nobody trades there is nothing to share.
    expect(last["jitFeeShare.bp1"]).toBe(0)
    expect(rows[0]!["jitFeeShare.bp100"]).toBeNaN()
    expect(last["jitFeeShare.all"]).toBeLessThan(own / all)
  })

  it("sometimes fails where bids do not decide the order, and closes then in the next tick", () => {
    const failures = shuffled.flatMap((receipts, index) =>
      byJit(receipts).flatMap((receipt) => (kind(receipt) === "pool3.decrease" && receipt.status === "reverted" ? [index] : [])),
    )
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.length).toBeLessThan(shuffled.length)
    for (const index of failures) {
      const minted = factsOf(byJit(shuffled[index]!), "pool3.increased").map(({ positionId }) => positionId)
      const next = shuffled[index + 1]
      if (minted.length > 0 && next !== undefined)
        expect(factsOf(byJit(next), "pool3.decreased").map(({ positionId }) => positionId)).toEqual(minted)
    }
  })
})
