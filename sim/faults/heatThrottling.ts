import { quantity } from "../quantity.ts"
import { faultKind, hit, labelled, sitesFields } from "./fault.ts"

export const heatThrottling = faultKind({
  about: "GPUs are too hot and slow down: jobs take longer at the price that was agreed, and less work is done in an hour.",
  fields: {
    speedShare: quantity("Speed that is left", { unit: "share of full speed", min: 0.01, max: 1 }),
    ...sitesFields,
  },
  label: ({ speedShare, ...whom }) => labelled(`speed x ${speedShare}`, whom),
  whileOn: ({ speedShare, ...whom }, { providers, rng }) => {
    const hot = hit(providers, whom, rng)
    return { speed: (provider) => (hot.has(provider) ? speedShare : 1) }
  },
})
