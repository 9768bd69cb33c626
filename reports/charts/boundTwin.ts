import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Tokens that their owners cannot use as they like. */
export const boundTwin: ChartMaker = (report) =>
  fanChart(report, {
    id: "bound-twin",
    title: "How much is frozen or stranded?",
    reading: [
      reading(report, "Frozen wallets hold", outcomes.frozenTokens),
      reading(report, "Users without papers hold", outcomes.strandedTokens),
    ]
      .filter(Boolean)
      .join(" "),
    note: "Permissioned tokens at the end of each day: in frozen wallets, and with users who are not or no longer verified.",
    metrics: [
      { metric: "twinTokens.frozen", label: "frozen" },
      { metric: "twinTokens.stranded", label: "stranded" },
    ],
  })
