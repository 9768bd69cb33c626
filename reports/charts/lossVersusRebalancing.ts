import type { ChartMaker } from "../chart.ts"
import { fanChart } from "../fanChart.ts"
import type { Outcome } from "../outcome.ts"
import { reading } from "../reading.ts"

/** Whether pools lose to arbitrage what the closed form says. */
export const lossVersusRebalancing: ChartMaker = (report) => {
  const pools = report.family("lvrShare")
  const moves = [0, 1].some((scenario) =>
    report.series("lvrClosedFormShare", scenario).some(({ values }) => values.some((share) => share > 0)),
  )
  if (pools.length === 0 || !moves) return undefined
  const ratio: Outcome = {
    id: "lvr-over-closed-form",
    label: "Loss of the main pool over the closed form",
    metrics: ["lvrShare.main", "lvrClosedFormShare"],
    unit: "times",
    of: (lost = [], predicted = []) => (lost.at(-1) ?? NaN) / (predicted.at(-1) ?? NaN),
    isRelative: false,
  }
  return fanChart(report, {
    id: "loss-versus-rebalancing",
    title: "Do pools lose to arbitrage what theory says?",
    reading: reading(report, "The main pool's loss over that of the closed form is", ratio),
    note:
      "Loss versus rebalancing before fees, as a share of the pool's value, since the start. The closed form is an eighth of the realised variance of " +
      "the outside price (Milionis et al. 2022): what a full range loses, whatever its fee; narrow ranges lose more.",
    metrics: [
      { metric: "lvrClosedFormShare", label: "Closed form" },
      ...pools.map(({ member }) => ({ metric: `lvrShare.${member}` as const, label: member })),
    ],
  })
}
