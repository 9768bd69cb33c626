import { mean } from "../../sim/stats/mean.ts"
import { quantiles } from "../../sim/stats/quantile.ts"
import { bySeed, groupRuns, largestOf } from "../runGroups.ts"
import { readTable, ResultInvalid, type StoredRun } from "../runStore.ts"
import type { EarnClass, EarnData, EarnScenario } from "./earnData.ts"

/** Rewards come epochs after the work, so days at the start of a stay pay less than they earned. */
const daysActiveMin = 7

/** What providers earned by scenario and class of GPU. Rejects with `ResultInvalid` where no provider stayed a week. */
export const earnDataOf = async (runs: ReadonlyArray<StoredRun>): Promise<EarnData> => {
  const scenarios: Array<EarnScenario> = []
  for (const group of groupRuns(runs)) scenarios.push(await scenarioOf(bySeed(largestOf(group))))
  return { scenarios }
}

const scenarioOf = async (runs: ReadonlyArray<StoredRun>): Promise<EarnScenario> => {
  const incomes = new Map<string, Array<number>>()
  const busyShares: Array<number> = []
  for (const { path } of runs) {
    for (const row of await readTable(path, "rows")) busyShares.push(Number(row["utilisation"]))
    for (const agent of await readTable(path, "agents")) {
      const income = usdPerGpuDay(agent)
      if (income === undefined) continue
      const gpu = String(agent["gpu"])
      incomes.set(gpu, [...(incomes.get(gpu) ?? []), income])
    }
  }
  const { scenario, catalogue } = runs[0]!.manifest
  if (incomes.size === 0)
    throw new ResultInvalid({
      message: `${runs[0]!.path}: no provider of ${scenario.name} was in the network for ${daysActiveMin} days; run a scenario with more days`,
    })
  return {
    name: scenario.name,
    question: scenario.question,
    days: scenario.calendar.days,
    seeds: runs.length,
    utilisation: mean(busyShares.filter(Number.isFinite)),
    classes: catalogue.gpus.flatMap(({ id, label, loadWatts, idleWatts }): ReadonlyArray<EarnClass> => {
      const found = incomes.get(id)
      if (found === undefined) return []
      const [low, median, high] = quantiles(found, [0.1, 0.5, 0.9]) as [number, number, number]
      const watts = { loadWatts: loadWatts.value, idleWatts: idleWatts.value }
      return [{ gpu: id, label, providers: found.length, usdPerGpuDay: { low, median, high }, ...watts }]
    }),
  }
}

/** Undefined for who is no provider, cheats, or was in the network for less than a week. */
const usdPerGpuDay = (agent: Readonly<Record<string, unknown>>): number | undefined => {
  const value = (name: string) => Number(agent[name])
  if (agent["role"] !== "provider" || value("isHonest") !== 1 || !(value("daysActive") >= daysActiveMin)) return undefined
  return (value("jobRevenueUsd") + value("rewardUsd")) / (value("gpuCount") * value("daysActive"))
}
