import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Where the buyers' jobs end up. */
export const jobs: ChartMaker = (report) =>
  fanChart(report, {
    id: "job-outcomes",
    title: "Where do the jobs go?",
    reading: reading(report, "The share of jobs served by the network is", outcomes.servedShare),
    note: "Jobs of each day.",
    metrics: [
      { metric: "jobsServed" },
      { metric: "jobsCloud" },
      { metric: "jobsLost" },
      { metric: "jobsFailed" },
      { metric: "jobsCorrupted" },
    ],
  })
