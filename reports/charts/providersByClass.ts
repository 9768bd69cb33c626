import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"
import { gpuClasses } from "../gpuClass.ts"

/** Active providers by GPU class, or all together where classes are not recorded. */
export const providersByClass: ChartMaker = (report) => {
  const classes = gpuClasses(report).flatMap(({ id, label }, style) => {
    const metric = `providersActive.${id}` as const
    return report.has(metric) ? [{ metric, label, style }] : []
  })
  return fanChart(report, {
    id: "providers-by-class",
    title: "Which providers stay?",
    reading: reading(report, "The network ends with", outcomes.providers),
    metrics: classes.length > 0 ? classes : [{ metric: "providersActive" }],
    note: "Active: registered with a stake.",
  })
}
