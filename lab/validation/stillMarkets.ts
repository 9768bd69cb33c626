import { usualTerms } from "../../sim/jobs/terms.ts"
import type { Catalogue } from "../../sim/preset.ts"
import type { Scenario } from "../../sim/scenario.ts"

/** Markets in which nothing moves and nobody asks for anything, for cases about something else. */
export const stillMarkets: Scenario["markets"] = {
  reference: {
    volatilityPerYear: 0,
    driftPerYear: 0,
    depthUsdPerPercent: 1e10,
    burnMultipleYears: 0,
    treasuryWorth: 0,
    reversionHalfLifeDays: 1,
  },
  demand: { growthPerYear: 0, volatilityPerDay: 0, reversionHalfLifeDays: 1 },
  energy: { preset: "none", volatilityPerDay: 0, reversionHalfLifeDays: 1 },
  faults: { hoursBetweenFailures: 1, repairHours: 1, unseenSharePerEpoch: 0 },
  cloud: { preset: "none" },
  jobs: usualTerms,
}

/** The outside facts that they name: none. */
export const nothingElse: Catalogue = {
  gpus: new Map(),
  clouds: new Map([["none", { id: "none", offers: [] }]]),
  energies: new Map([["none", { id: "none", regions: [] }]]),
}
