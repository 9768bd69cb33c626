import { Schema } from "effect"
import { or, quantity } from "../quantity.ts"
import { toBps } from "../units.ts"
import { faultKind, hit, labelled, nodesFields, sitesFields } from "./fault.ts"

export const oracleBribe = faultKind({
  about:
    "Oracle nodes are paid to say of some providers what the briber wants: that a claim holds, or that a rival did less than it claims.",
  fields: {
    reportedShare: quantity("What bribed nodes report of a claim: 1 confirms it, 0 denies it", {
      unit: "share of the claim",
      min: 0,
      max: 1,
    }),
    providers: Schema.Struct(sitesFields).pipe(or({})),
    ...nodesFields,
  },
  label: ({ reportedShare, providers, ...whom }) =>
    `${labelled("bribed oracles", whom)}: ${labelled(`${Number((reportedShare * 100).toFixed(1))} % of claims`, providers)}`,
  whileOn: ({ reportedShare, providers: about, ...whom }, { nodes, providers, rng }) => {
    const bribed = hit(nodes, whom, rng)
    const targets = hit(providers, about, (purpose) => rng(`about/${purpose}`))
    return {
      conduct: (node, actions, { claims }) =>
        bribed.has(node)
          ? actions.map((action) => {
              if (action.kind !== "oracle.report") return action
              const workMillis = new Map(action.workMillis)
              for (const [provider, { epoch, workMillis: claimed }] of claims)
                if (epoch === action.epoch && targets.has(provider)) workMillis.set(provider, (claimed * toBps(reportedShare)) / 10_000n)
              return { ...action, workMillis }
            })
          : actions,
    }
  },
})
