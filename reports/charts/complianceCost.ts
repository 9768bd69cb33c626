import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the gate costs, and who pays it. */
export const complianceCost: ChartMaker = (report) =>
  fanChart(report, {
    id: "compliance-cost",
    title: "What does compliance cost?",
    reading: [
      reading(report, "Compliance costs", outcomes.compliance),
      reading(report, "For each dollar traded behind the gate that is", outcomes.compliancePerUsd),
    ]
      .filter(Boolean)
      .join(" "),
    note: "Totals since the start.",
    metrics: [
      { metric: "complianceUsd.users", label: "checks and monitoring, by the users", isCumulated: true },
      { metric: "complianceUsd.programme", label: "programme, by the venue", isCumulated: true },
      { metric: "complianceUsd.gas", label: "the chain's fees of its officer", isCumulated: true },
    ],
  })
