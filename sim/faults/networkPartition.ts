import { Schema } from "effect"
import { or } from "../quantity.ts"
import { faultKind, hit, labelled, sitesFields } from "./fault.ts"

export const networkPartition = faultKind({
  about:
    "Sites work, but those on the other side of a cut in the network cannot reach them: oracles do not see their work, or buyers cannot send new jobs. Jobs that run are delivered, and owners reach the chain another way, so that they claim what they did.",
  fields: {
    cutsOff: Schema.Literals(["oracles", "buyers", "both"])
      .annotate({ title: "one of oracles, buyers, both", description: "Who cannot reach the sites" })
      .pipe(or("both" as const)),
    ...sitesFields,
  },
  label: ({ cutsOff, ...whom }) => labelled(`cut off from ${cutsOff === "both" ? "oracles and buyers" : cutsOff}`, whom),
  whileOn: ({ cutsOff, ...whom }, { providers, rng }) => {
    const cut = hit(providers, whom, rng)
    return {
      hidesFromOracles: (provider) => cutsOff !== "buyers" && cut.has(provider),
      hidesFromBuyers: (provider) => cutsOff !== "oracles" && cut.has(provider),
    }
  },
})
