import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the holders lose when the desk believes a wrong price. */
export const claimsMispriced: ChartMaker = (report) =>
  fanChart(report, {
    id: "claims-mispriced",
    title: "What does a wrong price give away?",
    reading: reading(report, "Claims got more than their worth by", outcomes.claimsMispriced),
    note: "Total since the start, at the outside price of the moment; below zero where claims got less. Averages and thresholds make small errors both ways.",
    metrics: [{ metric: "claimsMispricedUsd", isCumulated: true }],
  })
