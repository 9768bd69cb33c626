import { amount } from "../amount.ts"
import type { SweepData } from "../sweepData.ts"
import { windowText } from "./sweepChart.ts"

const signs: Readonly<Record<string, string>> = { ">=": "at least", "<=": "at most", ">": "more than", "<": "less than" }

/** What an objective asks, e.g. "at least 0 USD, mean of the run". */
export const conditionText = ({ op, value, unit, window }: SweepData["objectives"][number]): string =>
  `${signs[op] ?? op} ${amount(value, unit)}, ${windowText(window)}`
