import type { ReportData } from "./reportData.ts"
import type { Report } from "./report.ts"

export type Agent = ReportData["agents"][number]

/** One number of one agent in one run. */
export interface AgentValue {
  readonly seed: string
  readonly value: number
}

/** Agents that are compared as one: those of one class, or of one conduct. */
export interface AgentGroup {
  readonly label: string
  readonly values: ReadonlyArray<AgentValue>
}

/** Agents of one scenario by a label, with the number that is asked of each; agents without label or number are left out. */
export const agentGroups = (
  report: Report,
  scenario: number,
  labelOf: (agent: Agent) => string | undefined,
  valueOf: (agent: Agent) => number | undefined,
): ReadonlyArray<AgentGroup> => {
  const groups = new Map<string, Array<AgentValue>>()
  for (const agent of report.data.agents) {
    const run = report.data.runs[agent.run]
    const label = labelOf(agent)
    const value = valueOf(agent)
    if (run?.scenario !== scenario || label === undefined || value === undefined || !Number.isFinite(value)) continue
    const values = groups.get(label) ?? []
    groups.set(label, values)
    values.push({ seed: run.seed, value })
  }
  return [...groups].map(([label, values]) => ({ label, values })).sort((a, b) => (a.label < b.label ? -1 : 1))
}

export const valuesBySeed = (group: AgentGroup): ReadonlyMap<string, ReadonlyArray<number>> => {
  const bySeed = new Map<string, Array<number>>()
  for (const { seed, value } of group.values) {
    const values = bySeed.get(seed) ?? []
    bySeed.set(seed, values)
    values.push(value)
  }
  return bySeed
}

/** A provider's profit for each GPU and day that it was active, in USD; undefined for agents that never provided. */
export const profitUsdPerGpuDay = ({ values }: Agent): number | undefined => {
  const { profitUsd, gpuCount, daysActive } = values
  if (profitUsd === undefined || !gpuCount || !daysActive) return undefined
  return profitUsd / (gpuCount * daysActive)
}
