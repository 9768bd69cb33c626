import type { metrics } from "../sim/metrics/index.ts"

/** A metric that runs record, or a member of a family of metrics; the compiler refuses a chart of a metric that does not exist. */
export type MetricName = keyof typeof metrics | `${keyof typeof metrics}.${string}`
