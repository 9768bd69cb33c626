import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** The line for a provider, where the market has queues. */
export const jobsWaiting: ChartMaker = (report) =>
  fanChart(report, {
    id: "jobs-waiting",
    title: "How many jobs wait?",
    reading: [
      reading(report, "On average there wait", outcomes.jobsWaiting),
      reading(report, "The wait of a job is", outcomes.jobWait),
    ].join(" "),
    note: "Parts of a job that are placed on their own wait on their own.",
    metrics: [{ metric: "jobsWaiting" }],
  })
