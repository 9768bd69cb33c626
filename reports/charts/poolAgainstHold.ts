import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Impermanent loss: the pool's value over that of the same deposits had they been held. */
export const poolAgainstHold: ChartMaker = (report) =>
  fanChart(report, {
    id: "pool-against-hold",
    title: "Is providing liquidity better than holding?",
    reading: reading(report, "Against holding, the pool ends at", outcomes.poolAgainstHold),
    note: "Zero: a share of the pool is worth what it stood for at the start, had that been held. Fees less impermanent loss.",
    metrics: [{ metric: "poolAgainstHoldRatio" }],
    rule: 0,
  })
