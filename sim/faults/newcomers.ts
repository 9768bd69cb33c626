import type { AgentGroup, Scenario } from "../scenario.ts"
import { floodGroup } from "./gpuFlood.ts"

/** The groups of agents that faults bring, each like one of the scenario's; none of them is a founder. */
export const newcomers = ({ agents, faults }: Pick<Scenario, "agents" | "faults">): ReadonlyArray<AgentGroup> =>
  faults.flatMap((fault) => {
    if (fault.kind !== "gpuFlood") return []
    return agents
      .filter(({ id }) => id === fault.group)
      .map((group) => ({ ...group, id: floodGroup(fault.group), count: fault.count, startActiveShare: 0 }))
  })
