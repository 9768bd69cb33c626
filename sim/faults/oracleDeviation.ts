import { quantity } from "../quantity.ts"
import { toBps } from "../units.ts"
import { faultKind, hit, labelled, nodesFields } from "./fault.ts"

export const oracleDeviation = faultKind({
  about: "Oracle nodes measure too much or too little, all by the same factor, as after a bad release of their software.",
  fields: { factor: quantity("What they report for each unit", { unit: "times", min: 0, max: 100 }), ...nodesFields },
  label: ({ factor, ...whom }) => labelled(`oracles report x ${factor}`, whom),
  whileOn: ({ factor, ...whom }, { nodes, rng }) => {
    const wrong = hit(nodes, whom, rng)
    const scaled = (value: bigint) => (value * toBps(factor)) / 10_000n
    return {
      conduct: (node, actions) =>
        wrong.has(node)
          ? actions.map((action) =>
              action.kind === "oracle.report"
                ? { ...action, workMillis: new Map([...action.workMillis].map(([provider, work]) => [provider, scaled(work)])) }
                : action,
            )
          : actions,
    }
  },
})
