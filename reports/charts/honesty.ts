import { median } from "../../sim/stats/quantile.ts"
import { type AgentGroup, profitUsdPerGpuDay } from "../agentGroup.ts"
import { amount } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import { spansChart } from "../spansChart.ts"

const HONEST = "Honest"
const CHEATING = "Cheating"

/** Whether a provider that claims false work is better off than one that does not; nothing to ask where nobody cheats. */
export const honesty: ChartMaker = (report) => {
  const providers = report.data.agents.filter((agent) => agent.values["isHonest"] !== undefined)
  if (providers.every((agent) => agent.values["isHonest"] === 1)) return undefined
  return spansChart(report, {
    id: "honesty",
    title: "Does cheating pay?",
    unit: "USD",
    what: "Profit for each GPU and active day, in USD.",
    labelOf: ({ values }) => (values["isHonest"] === undefined ? undefined : values["isHonest"] === 1 ? HONEST : CHEATING),
    valueOf: profitUsdPerGpuDay,
    read,
  })
}

const read = (groups: ReadonlyArray<AgentGroup>): string => {
  const middle = (label: string) => median((groups.find((group) => group.label === label)?.values ?? []).map(({ value }) => value))
  const [honest, cheating] = [middle(HONEST), middle(CHEATING)]
  const verdict = cheating > honest ? "cheating pays" : cheating < honest ? "cheating does not pay" : "it makes no difference"
  const both = `the median cheat makes ${amount(cheating, "USD")} for each GPU-day and the median honest provider ${amount(honest, "USD")}`
  return Number.isNaN(honest - cheating) ? "Only one kind of provider was ever active." : `In the middle ${verdict}: ${both}.`
}
