import { median } from "../../sim/stats/quantile.ts"
import { HOURS_PER_DAY } from "../../sim/units.ts"
import { type Agent, type AgentGroup, agentGroups } from "../agentGroup.ts"
import { amount, signedAmount } from "../amount.ts"
import type { Chart, ChartMaker } from "../chart.ts"
import type { Report } from "../report.ts"
import { spansChart } from "../spansChart.ts"

/** Which owners earn their hardware back, and how soon, beside what they paid for it and for electricity. */
export const providerRoi: ChartMaker = (report): Chart | undefined => {
  const chart = spansChart(report, {
    id: "provider-roi",
    title: "Who earns its hardware back?",
    unit: "share",
    what:
      "Return on hardware a year: income in money less power, hosting, slashes and fees, and less depreciation, before interest, of the price of the " +
      "hardware. Payback: its price over that income before depreciation, at the pace of the run; the median, and never where more than half never " +
      "get there. Only providers that were active, per year of being active. Own use is worth what the owner says and is not in the return.",
    labelOf: ({ group, values }) => (values["roiPerYear"] === undefined ? undefined : group),
    valueOf: ({ values }) => values["roiPerYear"],
    read: (groups) => read(report, groups),
  })
  return chart && { ...chart, table: table(report), opensTable: true }
}

const membersOf = (report: Report, scenario: number, group: string): ReadonlyArray<Agent> =>
  report.data.agents.filter(
    ({ run, group: own, values }) => own === group && report.data.runs[run]?.scenario === scenario && values["roiPerYear"] !== undefined,
  )

/** The middle of all, where who never pays back stands behind everybody else. */
const paybackYears = (agents: ReadonlyArray<Agent>): number => median(agents.map(({ values }) => values["paybackYears"] ?? Infinity))

const years = (value: number): string => (Number.isFinite(value) ? amount(value, "years") : "never")

const read = (report: Report, groups: ReadonlyArray<AgentGroup>): string => {
  const each = groups.map(({ label, values }) => {
    const payback = paybackYears(membersOf(report, 0, label))
    return `${label} ${signedAmount(median(values.map(({ value }) => value)), "share")} a year (payback ${years(payback)})`
  })
  return `In the middle of each group: ${each.join(", ")}.`
}

const table = (report: Report): Chart["table"] => {
  const perGpuHour = (agents: ReadonlyArray<Agent>, key: string): number =>
    median(agents.map(({ values }) => (values[key] ?? 0) / (values["gpuCount"]! * values["daysActive"]! * HOURS_PER_DAY)))
  return {
    header: [
      ...(report.isCompare ? ["Scenario"] : []),
      "Group",
      "Return a year, %",
      "Payback",
      "Paid back within its life, %",
      "Never paid back, %",
      "Active, all seeds",
      "Class",
      "Hardware, USD a GPU",
      "Electricity",
      "USD a kWh",
      "Jobs, USD a GPU-hour",
      "Rewards, USD a GPU-hour",
      "Mining, USD a GPU-hour",
      "Own use, USD a GPU-hour",
      "Power, USD a GPU-hour",
      "Source of the price of hardware",
      "Source of the price of electricity",
    ],
    rows: report.scenarioNames.flatMap((name, scenario) =>
      agentGroups(
        report,
        scenario,
        ({ group, values }) => (values["roiPerYear"] === undefined ? undefined : group),
        ({ values }) => values["roiPerYear"],
      ).map(({ label, values }) => {
        const owner = report.data.owners?.find((known) => known.scenario === scenario && known.group === label)
        const agents = membersOf(report, scenario, label)
        const inTime = agents.filter(({ values: { paybackYears: payback = Infinity, lifeYears = 0 } }) => payback <= lifeYears).length
        const never = agents.filter(({ values: { paybackYears: payback } }) => payback === undefined).length
        return [
          ...(report.isCompare ? [name] : []),
          label,
          median(values.map(({ value }) => value)) * 100,
          years(paybackYears(agents)),
          (inTime / agents.length) * 100,
          (never / agents.length) * 100,
          agents.length,
          owner?.gpu ?? "",
          owner?.usdPerGpu ?? NaN,
          owner?.region ?? "",
          owner?.usdPerKwh ?? NaN,
          ...["jobRevenueUsd", "rewardUsd", "miningUsd", "ownUseUsd", "energyUsd"].map((key) => perGpuHour(agents, key)),
          owner?.hardwareSource ?? "",
          owner?.energySource ?? "",
        ]
      }),
    ),
  }
}
