import { number, range } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"

/** What the data say about each parameter, between the bounds that it was looked for in. */
export const calibrationEstimates: ChartMaker = (report) => {
  const { calibration } = report.data
  if (calibration === undefined) return undefined
  const { estimates } = calibration
  const open = estimates.filter(({ low, high, lowerBound, upperBound }) => low <= lowerBound && high >= upperBound)
  const table = {
    header: ["Parameter", "Estimate", "Low", "High", "Lower bound", "Upper bound"],
    rows: estimates.map(({ path, estimate, low, high, lowerBound, upperBound }) => [path, estimate, low, high, lowerBound, upperBound]),
  }
  return {
    id: "calibration-estimates",
    title: "What do the data say about the parameters?",
    reading:
      open.length === 0
        ? "Every interval is narrower than the bounds."
        : `The data say nothing about ${open.map(({ path }) => path).join(", ")}: the interval is all that the bounds allow.`,
    caption: "Dot: estimate; line: 95 % interval, cut at the bounds; axis: the bounds. Method of simulated moments.",
    legend: [],
    figures: estimates.map(({ path, estimate, low, high, lowerBound, upperBound }) => ({
      kind: "spans",
      heading: path,
      unit: "",
      isChange: false,
      domain: [lowerBound, upperBound],
      rows: [
        {
          label: "",
          style: 0,
          middle: estimate,
          low,
          high,
          text: `${number(estimate)} (${range(low, high, "")})`,
          bySeed: new Map(),
        },
      ],
    })),
    table,
    download: table,
  }
}
