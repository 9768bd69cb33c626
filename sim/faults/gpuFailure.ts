import { or, quantity } from "../quantity.ts"
import { faultKind, hit, labelled, sitesFields } from "./fault.ts"
import type { Breakdown } from "./ports.ts"

export const gpuFailure = faultKind({
  about:
    "Hardware of a class breaks more often than it used to, e.g. a bad batch or a bad driver. The failures above the usual ones are a Poisson process.",
  fields: {
    rateFactor: quantity("Failures for each failure that there was before", { unit: "times", min: 1, max: 10_000 }),
    repairFactor: quantity("How much longer such a failure takes to repair", { unit: "times", min: 0.01, max: 1_000 }).pipe(or(1)),
    ...sitesFields,
  },
  label: ({ rateFactor, ...whom }) => labelled(`failures x ${rateFactor}`, whom),
  whileOn: ({ rateFactor, repairFactor, ...whom }, { providers, rng }) => {
    const broken = hit(providers, whom, rng)
    return {
      breakdowns: (provider, hours, wear) => {
        if (rateFactor === 1 || !broken.has(provider)) return []
        const { hoursBetweenFailures, repairHours } = wear(provider)
        const draws = rng(`failures/${provider}`)
        const next = () => draws.exponential(hoursBetweenFailures / (rateFactor - 1))
        const found: Array<Breakdown> = []
        for (let at = next(); at < hours; at += next())
          found.push({ afterHours: at, repairHours: draws.exponential(repairHours * repairFactor) })
        return found
      },
    }
  },
})
