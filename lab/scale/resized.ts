import type { AgentGroup, Scenario } from "../../sim/scenario.ts"

/** How much larger than the scenario as it is shipped; 1 for as large. */
export interface Size {
  readonly providers: number
  readonly jobs: number
  /** Of each provider; as many as it has when left out. */
  readonly gpus?: number
  readonly days: number
}

/**
 * The scenario with so many times the providers, each with so many times the GPUs, and so many times the buyers, each of which wants as many jobs as
 * before.
 */
export const resized = (scenario: Scenario, { providers, jobs, gpus = 1, days }: Size): Scenario => {
  const factorOf = (kind: string) => (kind === "provider" ? providers : kind === "buyer" ? jobs : 1)
  return {
    ...scenario,
    calendar: { ...scenario.calendar, days },
    agents: scenario.agents.map((group): AgentGroup => ({
      ...group,
      count: Math.max(1, Math.round(group.count * factorOf(group.kind))),
      ...("gpuCount" in group ? { gpuCount: Number(group.gpuCount) * gpus } : {}),
    })),
  }
}
