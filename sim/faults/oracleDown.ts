import { faultKind, hit, labelled, nodesFields } from "./fault.ts"

/** Oracle nodes send nothing at all: no reports, and not what is their duty either. */
export const oracleDown = faultKind({
  fields: nodesFields,
  label: (whom) => labelled("oracles down", whom),
  whileOn: (whom, { nodes, rng }) => {
    const down = hit(nodes, whom, rng)
    return { conduct: (node, actions) => (down.has(node) ? [] : actions) }
  },
})
