import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"

/** What breaks off, by kind of job. */
export const jobFailures: ChartMaker = (report) =>
  fanChart(report, {
    id: "job-failures",
    title: "Which jobs break off?",
    reading: "",
    note: "Work that stopped with its site: training goes on from its last checkpoint, frames are rendered again, a game is over.",
    metrics: report.family("jobFailuresByKind").map(({ member }) => ({ metric: `jobFailuresByKind.${member}` as const, label: member })),
  })
