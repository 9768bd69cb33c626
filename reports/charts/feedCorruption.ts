import type { ChartMaker } from "../chart.ts"
import { feedChart, total } from "../feedChart.ts"

/** How often bribed nodes get their way. */
export const feedCorruption: ChartMaker = (report) =>
  feedChart(report, {
    id: "feed-corruption",
    title: "How many answers are corrupted?",
    family: "feedCorruptedReports",
    of: total,
    least: "Of the most honest feed the answers that no honest node could have given come to",
    most: "Of the most corrupted to",
    only: "Answers that no honest node could have given come to",
    note: "Total since the start of answers outside of everything that the honest nodes of their round saw.",
    isCumulated: true,
  })
