import type { Fault } from "../sim/faults/index.ts"
import type { Metric, Row } from "../sim/metric.ts"
import { metrics } from "../sim/metrics/index.ts"
import { type MeanInterval, mean } from "../sim/stats/mean.ts"
import { pairedDifference } from "../sim/stats/pairedDifference.ts"
import type { Move } from "./faultFragment.ts"

/** The rows of each seed. */
export type Paths = ReadonlyMap<string, ReadonlyArray<Row>>

/** What a metric comes to without and with a fault, and the paired difference. */
export interface FaultEffect {
  readonly move: Move
  readonly metric: Metric
  readonly without: number
  readonly with: number
  readonly difference: MeanInterval
  /** Of each seed. */
  readonly differences: ReadonlyArray<number>
}

/** Days after a fault until the oracles have settled the last epoch that it hit. */
const settlingDays = 2

export const faultEffect = (move: Move, without: Paths, hit: Paths, { fromDay, toDay }: Fault, ticksPerDay: number): FaultEffect => {
  const value = (rows: ReadonlyArray<Row>): number => {
    const at = (day: number) => rows[Math.max(0, Math.min(rows.length, Math.round(day * ticksPerDay)) - 1)]!
    return move.of === "mean"
      ? mean(rows.slice(fromDay * ticksPerDay, toDay * ticksPerDay).map((row) => valueOf(row, move.metric)))
      : valueOf(at(toDay + settlingDays), move.metric) - valueOf(at(fromDay), move.metric)
  }
  const bySeed = (paths: Paths) => new Map([...paths].map(([seed, rows]) => [seed, value(rows)]))
  const [base, variant] = [bySeed(without), bySeed(hit)]
  return {
    move,
    metric: metrics[move.metric as keyof typeof metrics],
    without: mean([...base.values()]),
    with: mean([...variant.values()]),
    difference: pairedDifference(base, variant),
    differences: [...variant].map(([seed, value]) => value - base.get(seed)!),
  }
}

/** The total of a family; 0 where a column is only there with the fault. */
export const valueOf = (row: Row, metric: string): number => row[metric] ?? row[`${metric}.all`] ?? 0
