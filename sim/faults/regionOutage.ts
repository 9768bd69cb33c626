import { Id } from "../id.ts"
import { faultKind, hit, labelled, sitesFields } from "./fault.ts"

export const regionOutage = faultKind({
  about: "All sites of a region are without power: what runs there is lost, and nothing starts until it is over.",
  fields: { ...sitesFields, region: Id },
  label: (whom) => labelled("outage", whom),
  whileOn: (whom, { providers, rng }) => {
    const dark = hit(providers, whom, rng)
    return { breakdowns: (provider, hours) => (dark.has(provider) ? [{ afterHours: 0, repairHours: hours }] : []) }
  },
})
