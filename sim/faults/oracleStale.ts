import { faultKind, hit, labelled, nodesFields } from "./fault.ts"

export const oracleStale = faultKind({
  about: "Oracle nodes send again and again what they last said, as a node whose own source has stopped.",
  fields: nodesFields,
  label: (whom) => labelled("stale oracles", whom),
  whileOn: (whom, { nodes, rng }) => {
    const stale = hit(nodes, whom, rng)
    return {
      conduct: (node, actions, { lastReport }) =>
        stale.has(node) && lastReport?.kind === "oracle.report"
          ? actions.map((action) => (action.kind === "oracle.report" ? { ...action, workMillis: lastReport.workMillis } : action))
          : actions,
    }
  },
})
