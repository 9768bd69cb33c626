import type { ReportData } from "./reportData.ts"

/** What one metric did in one run: a value for each day's end, NaN where it has none. */
export interface SeedSeries {
  readonly seed: string
  readonly values: ReadonlyArray<number>
}

/** The data of a report with the questions that charts ask of it. */
export interface Report {
  readonly data: ReportData
  readonly isCompare: boolean
  readonly days: number
  /** All seeds in the order of the runs, each once. */
  readonly seeds: ReadonlyArray<string>
  /** Names of the scenarios, made distinct. */
  readonly scenarioNames: ReadonlyArray<string>
  /** True when some run has a value of every named metric. */
  readonly has: (...metrics: ReadonlyArray<string>) => boolean
  readonly series: (metric: string, scenario: number) => ReadonlyArray<SeedSeries>
  readonly label: (metric: string) => string
  readonly unit: (metric: string) => string
  /** The members of a family of metrics, e.g. the GPU classes of `providersActive`, without the member `all`. */
  readonly family: (prefix: string) => ReadonlyArray<{ readonly metric: string; readonly member: string }>
}

export const openReport = (data: ReportData): Report => {
  const series = new Map(
    Object.entries(data.series).map(([metric, rows]) => [
      metric,
      data.runs.map((run, i) => ({
        scenario: run.scenario,
        seed: run.seed,
        values: (rows[i] ?? []).map((value) => value ?? NaN),
      })),
    ]),
  )
  // The family itself stands for its total.
  const runsOf = (metric: string) => series.get(metric) ?? series.get(`${metric}.all`) ?? []
  const hasValue = (metric: string) => runsOf(metric).some((run) => run.values.some((value) => !Number.isNaN(value)))
  return {
    data,
    isCompare: data.kind === "compare" && data.scenarios.length === 2,
    days: Math.max(1, ...data.scenarios.map((scenario) => scenario.days)),
    seeds: [...new Set(data.runs.map((run) => run.seed))],
    scenarioNames: distinct(data.scenarios.map((scenario) => scenario.name)),
    has: (...metrics) => metrics.every(hasValue),
    series: (metric, scenario) => runsOf(metric).filter((run) => run.scenario === scenario && run.values.length > 0),
    label: (metric) => metricOf(data, metric)?.label ?? metric,
    unit: (metric) => metricOf(data, metric)?.unit ?? "",
    family: (prefix) =>
      Object.keys(data.series)
        .filter((metric) => metric.startsWith(`${prefix}.`) && metric !== `${prefix}.all` && hasValue(metric))
        .map((metric) => ({ metric, member: metric.slice(prefix.length + 1) })),
  }
}

/** A member of a family is described by its family, and the family by its total. */
const metricOf = (data: ReportData, metric: string) =>
  data.metrics[metric] ?? data.metrics[metric.split(".")[0] ?? metric] ?? data.metrics[`${metric}.all`]

/** Two scenarios of one name are told apart by their place. */
const distinct = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  new Set(names).size === names.length ? names : names.map((name, i) => `${name} (${i + 1})`)
