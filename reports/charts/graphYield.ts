import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What delegated tokens earn, and whether it matters to them that their indexer was slashed. */
export const graphYield: ChartMaker = (report) =>
  fanChart(report, {
    id: "graph-yield",
    title: "What do delegators earn, and does slashing reach them?",
    reading: [
      reading(report, "The yearly yield that delegated tokens earned is", outcomes.delegatorYield),
      reading(report, "The part of the delegations that is where yield would put it ends at", outcomes.yieldFollowed),
    ]
      .filter(Boolean)
      .join(" "),
    note: "What a delegated token will earn as cuts and delegations stand; there is no second line before the first slash.",
    metrics: [
      { metric: "graphOfferedYieldPerYear.clean", label: "Indexers never slashed" },
      { metric: "graphOfferedYieldPerYear.slashed", label: "Indexers slashed before" },
    ],
  })
