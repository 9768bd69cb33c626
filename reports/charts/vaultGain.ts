import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { MetricName } from "../metricName.ts"
import { outcomes } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Who gets more out of the vault than was put in: depositors by its work, an attacker at their cost. */
export const vaultGain: ChartMaker = (report) =>
  fanChart(report, {
    id: "vault-gain",
    title: "Who gains from the vault?",
    reading: reading(report, "Depositors end with", outcomes.vaultGain),
    note: "Pool shares taken out or still there, less those put in, at the day's price.",
    metrics: report.family("vaultGainUsd").map(({ metric, member }) => ({ metric: metric as MetricName, label: member })),
    rule: 0,
  })
