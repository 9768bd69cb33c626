import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { hasOutcome, outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** How reliable providers are, as the committee saw it. */
export const uptime: ChartMaker = (report) =>
  fanChart(report, {
    id: "uptime",
    title: "How much of the time are providers up?",
    reading: [
      reading(report, "The mean of all reported days is", outcomes.uptimeReported),
      ...(hasOutcome(report, outcomes.uptimePenalised)
        ? [reading(report, "Providers penalised for less than what is asked come to", outcomes.uptimePenalised)]
        : []),
    ].join(" "),
    note: "Hours for which registered GPUs answered the committee, over those of the day before, the mean over providers.",
    metrics: [{ metric: "uptimeReportedShare" }],
  })
