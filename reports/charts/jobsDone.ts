import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"

/** What gets done, by kind of job. */
export const jobsDone: ChartMaker = (report) =>
  fanChart(report, {
    id: "jobs-done",
    title: "Which jobs get done?",
    reading: "",
    note: "Jobs of each day.",
    metrics: report.family("jobsDoneByKind").map(({ member }) => ({ metric: `jobsDoneByKind.${member}` as const, label: member })),
  })
