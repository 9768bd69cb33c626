import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whose liquidity the pool has: that which came for a reward leaves with it. */
export const liquidityByHolder: ChartMaker = (report) =>
  fanChart(report, {
    id: "liquidity-by-holder",
    title: "Does the liquidity stay when the rewards end?",
    reading: reading(report, "Of the largest depth there is left at the end", outcomes.depthKept),
    note: "By who has the pool's shares.",
    metrics: [
      { metric: "liquidityUsd.farmed", label: "Staked in farms" },
      { metric: "liquidityUsd.vault", label: "In the vault" },
      { metric: "liquidityUsd.inHand", label: "In agents' hands" },
      { metric: "liquidityUsd.treasury", label: "The treasury's" },
    ],
  })
