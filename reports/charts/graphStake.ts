import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What secures The Graph's protocol: own stakes, delegated tokens, and what false proofs have cost. */
export const graphStake: ChartMaker = (report) =>
  fanChart(report, {
    id: "graph-stake",
    title: "Who puts how much into The Graph's contracts?",
    reading: [reading(report, "Delegations end at", outcomes.delegated), reading(report, "Indexers lose", outcomes.indexersSlashed)]
      .filter(Boolean)
      .join(" "),
    note: "Slashed: in total since the start, out of the indexers' own stake.",
    metrics: [
      { metric: "graphTokens.staked", label: "Staked by indexers" },
      { metric: "graphTokens.delegated", label: "Delegated" },
      { metric: "graphTokens.thawing", label: "Thawing" },
      { metric: "graphSlashedTokens", label: "Slashed" },
    ],
  })
