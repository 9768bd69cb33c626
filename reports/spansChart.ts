import { median } from "../sim/stats/quantile.ts"
import { type Agent, type AgentGroup, agentGroups, valuesBySeed } from "./agentGroup.ts"
import { amount, integer, range } from "./amount.ts"
import type { Chart } from "./chart.ts"
import type { SpanRow } from "./figure.ts"
import type { Report } from "./report.ts"
import { spread } from "./spread.ts"

export interface SpansChart {
  readonly id: string
  readonly title: string
  readonly unit: string
  /** What the number is, for the caption. */
  readonly what: string
  readonly labelOf: (agent: Agent) => string | undefined
  readonly valueOf: (agent: Agent) => number | undefined
  /** The sentence, from the base's groups in the order of their labels. */
  readonly read: (groups: ReadonlyArray<AgentGroup>) => string
}

/** Groups of agents, one row each, pooled over seeds; a comparison has a row for each scenario. */
export const spansChart = (report: Report, { id, title, unit, what, labelOf, valueOf, read }: SpansChart): Chart | undefined => {
  const scenarios = report.scenarioNames.map((name, scenario) => ({
    name,
    scenario,
    groups: agentGroups(report, scenario, labelOf, valueOf),
  }))
  const groups = scenarios
    .flatMap(({ name, scenario, groups: ofScenario }) =>
      ofScenario.map((group) => ({
        group,
        style: report.isCompare ? scenario : 0,
        label: report.isCompare ? `${group.label}, ${name}` : group.label,
      })),
    )
    .sort((a, b) => (a.group.label < b.group.label ? -1 : a.group.label > b.group.label ? 1 : a.style - b.style))
  if (groups.length === 0) return undefined
  const spreads = groups.map((row) => ({ ...row, ...spread(row.group.values.map(({ value }) => value)) }))
  const table = {
    header: ["Group", "Agents", "Low", "25 %", "Median", "75 %", "High"],
    rows: spreads.map((row) => [row.label, row.count, row.low, row.innerLow, row.middle, row.innerHigh, row.high]),
  }
  return {
    id,
    title,
    reading: report.isCompare
      ? scenarios.map(({ name, groups: ofScenario }) => `${name}: ${read(ofScenario)}`).join(" ")
      : read(scenarios[0]?.groups ?? []),
    caption:
      `${what} Agents of all seeds together; n counts them. ` +
      "Dot: median; thick line: half of the agents; thin line: 90 % of them (all, where fewer than 20).",
    legend: [],
    figures: [
      {
        kind: "spans",
        heading: "",
        unit,
        isChange: false,
        rows: spreads.map(({ group, label, style, middle, low, high, innerLow, innerHigh, count }): SpanRow => ({
          label,
          style,
          middle,
          low,
          high,
          inner: [innerLow, innerHigh],
          text: `${amount(middle, unit)} (${range(low, high, unit)}, n = ${integer(count)})`,
          bySeed: new Map([...valuesBySeed(group)].map(([seed, values]) => [seed, median(values)])),
        })),
      },
    ],
    table,
    download: {
      header: ["Group", "Seed", `Value, ${unit}`],
      rows: groups.flatMap(({ label, group }) => group.values.map(({ seed, value }) => [label, seed, value])),
    },
  }
}
