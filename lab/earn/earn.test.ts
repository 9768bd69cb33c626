import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { findRuns } from "../runStore.ts"
import { earnDataOf } from "./earnDataOf.ts"
import { earningsOf } from "./earningsOf.ts"
import { writeRuns } from "./runs.fixture.ts"

test("income is by scenario and class, over honest providers of all seeds that stayed a week", async () => {
  const folder = mkdtempSync(join(tmpdir(), "depinlab-earn-"))
  try {
    writeRuns(folder)
    const { scenarios } = await earnDataOf(findRuns(folder))
    expect(scenarios).toHaveLength(1)
    const [{ name, seeds, utilisation, classes }] = scenarios as [(typeof scenarios)[number]]
    expect([name, seeds]).toEqual(["baseline", 3])
    expect(utilisation).toBeCloseTo(0.6, 12)
    expect(classes).toHaveLength(1)
    expect(classes[0]).toMatchObject({ gpu: "rtx-4090", label: "NVIDIA GeForce RTX 4090", providers: 9, loadWatts: 550, idleWatts: 60 })
    // Type 7 over 1 to 9: 1 + 0.1 * 8.
    expect(classes[0]!.usdPerGpuDay.low).toBeCloseTo(1.8, 12)
    expect(classes[0]!.usdPerGpuDay.median).toBeCloseTo(5, 12)
    expect(classes[0]!.usdPerGpuDay.high).toBeCloseTo(8.2, 12)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test("power is between idle and load by utilisation, at the owner's price, and comes off every end of the interval", () => {
  const card = { gpu: "x", label: "X", providers: 3, usdPerGpuDay: { low: 0.2, median: 2, high: 5 }, loadWatts: 500, idleWatts: 100 }
  const { energyUsd, energyUsdIdle, energyUsdBusy, left } = earningsOf({ utilisation: 0.25 }, card, 0.5)
  // 200 W for 24 h are 4.8 kWh.
  expect(energyUsd).toBeCloseTo(2.4, 12)
  expect(energyUsdIdle).toBeCloseTo(1.2, 12)
  expect(energyUsdBusy).toBeCloseTo(6, 12)
  expect(left.low).toBeCloseTo(-2.2, 12)
  expect(left.median).toBeCloseTo(-0.4, 12)
  expect(left.high).toBeCloseTo(2.6, 12)
  expect(earningsOf({ utilisation: 0.25 }, card, 0).left).toEqual(card.usdPerGpuDay)
})
