import { metric } from "../metric.ts"
import { proofOf } from "../protocols/graph.ts"

export const graphDisputes = metric({
  label: "Disputes",
  unit: "disputes",
  description:
    "Disputes since the start by how they ended, and false proofs that were handed in, which only the experiment knows; one column each",
  daily: "last",
  of: ({ after: { graph }, world, previous, settlement: { receipts } }) => {
    if (world.rules.graph === undefined) return undefined
    const ended = (of: string) => [...graph.disputes.values()].filter(({ status }) => status === of).length
    const falseNow = receipts
      .flatMap(({ facts }) => facts)
      .filter((fact) => fact.kind === "graph.closed" && fact.proof !== proofOf(fact.subgraph, fact.allocation)).length
    return new Map([
      ["accepted", ended("accepted")],
      ["rejected", ended("rejected")],
      ["drawn", ended("drawn")],
      ["falseProofs", (previous?.["graphDisputes.falseProofs"] ?? 0) + falseNow],
    ])
  },
})
