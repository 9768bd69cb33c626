import { faultKind, hit, labelled, nodesFields } from "./fault.ts"

export const oracleDown = faultKind({
  about: "Oracle nodes send nothing at all: no reports, and not what is their duty either.",
  fields: nodesFields,
  label: (whom) => labelled("oracles down", whom),
  whileOn: (whom, { nodes, rng }) => {
    const down = hit(nodes, whom, rng)
    return { conduct: (node, actions) => (down.has(node) ? [] : actions) }
  },
})
