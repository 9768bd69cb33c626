import { expect, it } from "vitest"
import type { Profile } from "../profile.ts"
import { type Capex, capitalUsdPerGpuHour, usdPerGpu } from "./hardware.ts"

const figure = (value: number) => ({ value, provenance: "assumed" as const, source: "test" })
const profile: Profile = {
  id: "card",
  label: "card",
  date: "2026",
  memoryGib: 1,
  workHoursPerGpuHour: {},
  loadWatts: figure(1),
  idleWatts: figure(1),
  usdPerGpu: { ...figure(10_000), date: "2026" },
}
const capex: Capex = { residualShare: 0.2, years: 4, financingPerYear: 0.1, isOwned: false }

it("writes hardware off in equal parts and pays for the mean of its book value", () => {
  // 8,000 over four years, and a tenth of 6,000 a year.
  expect(capitalUsdPerGpuHour(capex, profile, 0) * 365 * 24).toBeCloseTo(2_000 + 600, 9)
  expect(capitalUsdPerGpuHour({ ...capex, financingPerYear: 0 }, profile, 0) * 365 * 24 * 4).toBeCloseTo(8_000, 9)
})

it("takes the scenario's price before the class's, and leaves to the lender what the lender paid", () => {
  expect(usdPerGpu({ ...capex, usdPerGpu: 500 }, profile)).toBe(500)
  expect(usdPerGpu(capex, profile)).toBe(10_000)
  expect(capitalUsdPerGpuHour(capex, profile, 7_500)).toBeCloseTo(capitalUsdPerGpuHour(capex, profile, 0) / 4, 12)
  expect(capitalUsdPerGpuHour(capex, profile, 20_000)).toBe(0)
})
