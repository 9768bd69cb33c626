import { ecdf, shareAtOrBelow } from "../../sim/stats/ecdf.ts"
import { quantiles } from "../../sim/stats/quantile.ts"
import { type Agent, type AgentGroup, agentGroups, profitUsdPerGpuDay, valuesBySeed } from "../agentGroup.ts"
import { percent } from "../amount.ts"
import type { Chart, ChartMaker } from "../chart.ts"
import type { DistributionLine } from "../figure.ts"
import { gpuClasses } from "../gpuClass.ts"
import type { Report } from "../report.ts"
import { scenarioLegend } from "../fanChart.ts"

const unit = "USD"

/** Which share of the providers of each class lost money, and how much the others made. */
export const profitDistribution: ChartMaker = (report): Chart | undefined => {
  const classes = gpuClasses(report)
  const labels = classes.map(({ label }) => label)
  const labelOf = ({ gpu }: Agent) => classes.find(({ id }) => id === gpu)?.label
  const scenarios = report.scenarioNames.map((name, scenario) => ({
    name,
    scenario,
    groups: agentGroups(report, scenario, labelOf, profitUsdPerGpuDay).toSorted(
      (a, b) => labels.indexOf(a.label) - labels.indexOf(b.label),
    ),
  }))
  if (scenarios.every(({ groups }) => groups.length === 0)) return undefined
  const figures = report.isCompare
    ? labels.map((label) => ({
        heading: label,
        lines: scenarios.flatMap(({ name, scenario, groups }) =>
          groups.filter((group) => group.label === label).map((group) => line(name, scenario, group)),
        ),
      }))
    : [{ heading: "", lines: (scenarios[0]?.groups ?? []).map((group) => line(group.label, labels.indexOf(group.label), group)) }]
  const all = scenarios.flatMap(({ name, groups }) =>
    groups.map((group) => ({ ...group, label: report.isCompare ? `${group.label}, ${name}` : group.label })),
  )
  const shares = [0.05, 0.25, 0.5, 0.75, 0.95]
  return {
    id: "profit-distribution",
    title: "Who earns, and who loses?",
    reading: read(report, scenarios),
    caption:
      "Profit for each GPU and active day over the whole run, in USD; providers of all seeds together. " +
      "A curve's height is the share of providers at or below that profit: left of the line at zero they lose.",
    legend: report.isCompare ? scenarioLegend(report) : (figures[0]?.lines ?? []).map(({ label, style }) => ({ label, style })),
    figures: figures.map(({ heading, lines }) => ({ kind: "distribution", heading, unit, lines })),
    table: {
      header: ["Class", "Providers", "With a loss, %", ...shares.map((share) => `${share * 100} %`)],
      rows: all.map(({ label, values }) => {
        const profits = values.map(({ value }) => value)
        return [label, profits.length, lossShare(profits) * 100, ...quantiles(profits, shares)]
      }),
    },
    download: {
      header: ["Class", "Seed", "Profit per GPU-day, USD"],
      rows: all.flatMap(({ label, values }) => values.map(({ seed, value }) => [label, seed, value])),
    },
  }
}

const line = (label: string, style: number, group: AgentGroup): DistributionLine => ({
  label,
  style,
  count: group.values.length,
  steps: ecdf(group.values.map(({ value }) => value)),
  bySeed: new Map([...valuesBySeed(group)].map(([seed, values]) => [seed, ecdf(values)])),
})

const read = (report: Report, scenarios: ReadonlyArray<{ readonly name: string; readonly groups: ReadonlyArray<AgentGroup> }>): string => {
  const losing = (groups: ReadonlyArray<AgentGroup>) => percent(lossShare(groups.flatMap(({ values }) => values.map(({ value }) => value))))
  const [base, variant] = scenarios
  if (report.isCompare && base !== undefined && variant !== undefined) {
    return `${losing(base.groups)} of providers lose money in ${base.name}, ${losing(variant.groups)} in ${variant.name}.`
  }
  const groups = base?.groups ?? []
  const byClass = groups.map((group) => `${losing([group])} with ${group.label}`).join(", ")
  return `${losing(groups)} of providers lose money${groups.length > 1 ? `: ${byClass}` : ""}.`
}

const lossShare = (profits: ReadonlyArray<number>): number => shareAtOrBelow(ecdf(profits), -Number.MIN_VALUE)
