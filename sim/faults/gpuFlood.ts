import { count } from "../quantity.ts"
import { Id } from "../id.ts"
import { faultKind } from "./fault.ts"

export const gpuFlood = faultKind({
  about:
    "Newcomers look at the network who are like a group of its providers, e.g. because their old work has ended. Who is in when it ends may stay.",
  fields: { group: Id, count: count("Newcomers", { unit: "providers", min: 0, max: 10_000 }) },
  label: ({ group, count: number }) => `${number} more like ${group}`,
  whileOn: () => ({}),
  whileOff: ({ group }, { providers }) => {
    const newcomers = new Set(providers.filter((actor) => actor.group === floodGroup(group)).map(({ id }) => id))
    return { bars: (agent) => newcomers.has(agent) }
  },
})

/** The group that the newcomers form. */
export const floodGroup = (group: string): string => `${group}-flood`
