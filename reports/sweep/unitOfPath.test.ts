import { expect, test } from "vitest"
import { unitOfPath } from "./unitOfPath.ts"

test.each([
  ["protocols.market.burnBps", "bps"],
  ["protocols.emissions.tokensPerEpoch", "tokens/epoch"],
  ["protocols.registry.stakeTokensPerGpu", "tokens/GPU"],
  ["agents.home.hardwareUsdPerGpuHour", "USD/GPU hour"],
  ["agents.home.sellShare", "share"],
  ["agents.arbitrageur.usd", "USD"],
  ["markets.reference.burnMultipleYears", "years"],
  ["markets.faults.hoursBetweenFailures", ""],
  ["markets.demand.volatilityPerDay", ""],
  ["agents.home.count", ""],
])("the name %s tells the unit %j", (path, unit) => {
  expect(unitOfPath(path)).toBe(unit)
})
