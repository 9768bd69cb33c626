import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whom disputes serve. */
export const disputes: ChartMaker = (report) =>
  fanChart(report, {
    id: "disputes",
    title: "Whom do disputes pay?",
    reading: [
      reading(report, "Disputes of wrong results bring buyers", outcomes.rightfulDisputes),
      reading(report, "Disputes of good results bring", outcomes.dishonestDisputes),
    ]
      .filter(Boolean)
      .join(" "),
    note: "Refunds less bonds lost; totals since the start.",
    metrics: [
      { metric: "disputeGainUsd.rightful", label: "Disputes of wrong results" },
      { metric: "disputeGainUsd.dishonest", label: "Disputes of good results" },
    ],
  })
