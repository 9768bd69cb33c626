import { anyHost, anyMaker } from "../anyMaker.fixture.ts"
import { openTable } from "../execution/table.ts"
import { runInputs } from "../runManifest.ts"
import { writeRun } from "../runStore.ts"
import { readScenario } from "../scenarioFile.ts"

/**
 * Three finished runs of the baseline, whose providers of 4 RTX 4090 earned 1, 2, … 9 USD for each GPU and day of ten, by jobs and by
 * rewards in halves; beside them one who cheated, one who stayed three days, and a buyer.
 */
export const writeRuns = (folder: string): void => {
  const { scenario, catalogue } = readScenario("scenarios/baseline.yaml")
  for (const seed of [1, 2, 3]) {
    const manifest = runInputs({ scenario, catalogue, seed: String(seed) }, anyMaker)
    const incomes = [1, 2, 3].map((step) => 3 * (seed - 1) + step)
    const halves = [...incomes.map((usd) => (usd * 4 * 10) / 2), 4_000, 5, NaN]
    const names = ["one", "two", "three", "cheat", "brief", "buyer"]
    const text = (name: string, data: ReadonlyArray<string>) => ({ name, type: "STRING" as const, data: [...data] })
    const value = (name: string, data: ReadonlyArray<number>) => ({ name, type: "DOUBLE" as const, data: [...data] })
    const recording = {
      rows: [value("utilisation", [0.5, 0.7])],
      events: openTable([{ name: "tick", type: "DOUBLE" }]).close(),
      agents: [
        text("id", names),
        text(
          "kind",
          names.map((name) => (name === "buyer" ? "buyer" : "provider")),
        ),
        text(
          "role",
          names.map((name) => (name === "buyer" ? "buyer" : "provider")),
        ),
        text("group", names),
        text(
          "gpu",
          names.map((name) => (name === "buyer" ? "" : "rtx-4090")),
        ),
        value("jobRevenueUsd", halves),
        value("rewardUsd", halves),
        value("gpuCount", [4, 4, 4, 4, 4, NaN]),
        value("daysActive", [10, 10, 10, 10, 3, NaN]),
        value("isHonest", [1, 1, 1, 0, 1, NaN]),
      ],
      liquidity: [text("pool", [])],
      digest: "d".repeat(64),
      stateRoot: "0x00",
      ticks: 2,
      transactions: 7,
      reverts: 1,
    }
    writeRun(
      folder,
      { ...manifest, digest: recording.digest, stateRoot: "0x00", ticks: 2, transactions: 7, reverts: 1 },
      recording,
      anyHost,
    )
  }
}
