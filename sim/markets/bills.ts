import type { Fact } from "../ledger.ts"
import type { Profile } from "../profile.ts"
import { toMicros } from "../units.ts"
import type { Site } from "../jobs/site.ts"

/** What a provider owes to the outside world and has not yet paid on chain. */
export interface Bill {
  readonly energyMicros: bigint
  readonly hardwareMicros: bigint
}

export const noBill: Bill = { energyMicros: 0n, hardwareMicros: 0n }

/** Adds what the sites used since `before`, then takes off what was paid. */
export const updateBills = (
  bills: ReadonlyMap<string, Bill>,
  before: ReadonlyMap<string, Site>,
  after: ReadonlyMap<string, Site>,
  hours: number,
  gpus: ReadonlyMap<string, Profile>,
  facts: ReadonlyArray<Fact>,
): ReadonlyMap<string, Bill> => {
  const next = new Map(bills)
  for (const [provider, site] of after) {
    const bill = next.get(provider) ?? noBill
    next.set(provider, {
      energyMicros: bill.energyMicros + toMicros(energyUsd(before.get(provider), site, gpus.get(site.plan.gpu)!)),
      hardwareMicros: bill.hardwareMicros + toMicros(site.plan.hardwareUsdPerHour * hours),
    })
  }
  for (const fact of facts) {
    if (fact.kind !== "dollar.redeemed") continue
    const bill = next.get(fact.agent)
    if (bill === undefined) continue
    if (fact.purpose === "energy") next.set(fact.agent, { ...bill, energyMicros: bill.energyMicros - fact.amountMicros })
    if (fact.purpose === "hardware") next.set(fact.agent, { ...bill, hardwareMicros: bill.hardwareMicros - fact.amountMicros })
  }
  return next
}

const energyUsd = (before: Site | undefined, after: Site, profile: Profile): number => {
  const busyGpuHours = after.busyGpuHours - (before?.busyGpuHours ?? 0)
  const idleGpuHours = after.onGpuHours - (before?.onGpuHours ?? 0) - busyGpuHours
  const guessedGpuHours = busyGpuHours * (after.plan.guessedShare ?? 0)
  const loadGpuHours = busyGpuHours - guessedGpuHours
  const kilowattHours = (loadGpuHours * profile.loadWatts.value + (idleGpuHours + guessedGpuHours) * profile.idleWatts.value) / 1000
  return kilowattHours * after.plan.usdPerKwh
}
