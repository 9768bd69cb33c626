import { HOURS_PER_DAY } from "../../sim/units.ts"
import type { EarnClass, EarnScenario, Interval } from "./earnData.ts"

/** USD for a GPU and day. */
export interface Earnings {
  readonly income: Interval
  /** At the utilisation of the scenario's network. */
  readonly energyUsd: number
  /** Never busy, and always. */
  readonly energyUsdIdle: number
  readonly energyUsdBusy: number
  readonly left: Interval
}

/** What a card of a class brings in a scenario, and what is left of it after power at the owner's price. */
export const earningsOf = (
  { utilisation }: Pick<EarnScenario, "utilisation">,
  { usdPerGpuDay, idleWatts, loadWatts }: EarnClass,
  usdPerKwh: number,
): Earnings => {
  const usd = (watts: number) => (watts / 1_000) * HOURS_PER_DAY * usdPerKwh
  const energyUsd = usd(idleWatts + utilisation * (loadWatts - idleWatts))
  return {
    income: usdPerGpuDay,
    energyUsd,
    energyUsdIdle: usd(idleWatts),
    energyUsdBusy: usd(loadWatts),
    left: { low: usdPerGpuDay.low - energyUsd, median: usdPerGpuDay.median - energyUsd, high: usdPerGpuDay.high - energyUsd },
  }
}
