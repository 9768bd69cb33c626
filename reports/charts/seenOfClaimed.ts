import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import { gpuClasses } from "../gpuClass.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** What the proofs of devices show of the work that is claimed. */
export const seenOfClaimed: ChartMaker = (report) => {
  const classes = gpuClasses(report).flatMap(({ id, label }, style) => {
    const metric = `seenShare.${id}` as const
    return report.has(metric) ? [{ metric, label, style }] : []
  })
  const [first] = classes
  if (first === undefined) return undefined
  return fanChart(report, {
    id: "seen-of-claimed",
    title: "How much of what is claimed does the proof show?",
    reading: reading(report, `Of the claims of ${first.label} the proof shows, on average,`, {
      ...outcomes.seenShare,
      metrics: [first.metric],
    }),
    metrics: classes,
    note: "What is not seen is not there, stands elsewhere, answered too late, or shares in the doubt about others.",
  })
}
