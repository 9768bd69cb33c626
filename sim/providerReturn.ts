import type { Actor } from "./actor.ts"
import { type Book, profitUsd } from "./books.ts"
import { type Bill, noBill } from "./markets/bills.ts"
import { type Capex, capitalUsdPerGpuHour, depreciationPerYear, usdPerGpu } from "./markets/hardware.ts"
import type { Profile } from "./profile.ts"
import { DAYS_PER_YEAR, fromMicros } from "./units.ts"

/** What a provider's hardware has brought so far, whoever paid for it. */
export interface ProviderReturn {
  readonly capexUsd: number
  /** In the network. */
  readonly years: number
  /** Income less power, hosting, slashes and fees, before depreciation, interest and instalments. */
  readonly operatingUsd: number
  readonly depreciationUsd: number
}

/** Undefined for who does not say what its hardware cost. Bills that are not paid yet count. */
export const providerReturn = (
  { agent, params }: Actor,
  book: Book,
  bill: Bill = noBill,
  gpus: ReadonlyMap<string, Profile>,
): ProviderReturn | undefined => {
  const capex = params["capex"] as Capex | undefined
  const profile = gpus.get(String(params["gpu"]))
  if (agent.role !== "provider" || capex === undefined || profile === undefined) return undefined
  const capexUsd = (usdPerGpu(capex, profile) ?? 0) * Number(params["gpuCount"])
  const capital = capex.isOwned ? 0 : capitalUsdPerGpuHour(capex, profile, Number(params["debtUsdPerGpu"]))
  const hosting = Number(params["hardwareUsdPerGpuHour"])
  const hardwareUsd = book.hardwareUsd + fromMicros(bill.hardwareMicros)
  const capitalUsd = capital > 0 ? (hardwareUsd * capital) / (capital + hosting) : 0
  const years = book.activeDays / DAYS_PER_YEAR
  return {
    capexUsd,
    years,
    operatingUsd: profitUsd(book) + book.debtServiceUsd + capitalUsd - fromMicros(bill.energyMicros) - fromMicros(bill.hardwareMicros),
    depreciationUsd: capexUsd * depreciationPerYear(capex) * years,
  }
}

/** Profit after depreciation and before interest, of the price of the hardware and year. */
export const roiPerYear = ({ capexUsd, years, operatingUsd, depreciationUsd }: ProviderReturn): number =>
  (operatingUsd - depreciationUsd) / (capexUsd * years)

/** Years in which the hardware brings what it cost, at the pace so far; undefined where it never does. */
export const paybackYears = ({ capexUsd, years, operatingUsd }: ProviderReturn): number | undefined =>
  operatingUsd > 0 ? (capexUsd * years) / operatingUsd : undefined
