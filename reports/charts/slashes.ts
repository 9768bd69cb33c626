import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether slashing hits those it is meant for. */
export const slashes: ChartMaker = (report) =>
  fanChart(report, {
    id: "slashes",
    title: "Does slashing hit the right ones?",
    reading: [reading(report, "Cheats lose", outcomes.slashedCheat), reading(report, "Honest providers lose", outcomes.slashedHonest)]
      .filter(Boolean)
      .join(" "),
    note: "Totals since the start.",
    metrics: [
      { metric: "slashedCheatTokens", label: "Slashed from cheats" },
      { metric: "slashedHonestTokens", label: "Slashed from honest providers" },
    ],
  })
