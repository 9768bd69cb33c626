import type { EnergyPreset } from "../sim/preset.ts"
import { floodGroup } from "../sim/faults/gpuFlood.ts"
import type { Fault } from "../sim/faults/index.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** Faults that never come, that hit what is not there, or that do nothing. */
export const faultProblems = (scenario: Scenario, energy: EnergyPreset | undefined): ReadonlyArray<Problem> =>
  scenario.faults.flatMap((fault, index) =>
    [...windowProblems(fault, scenario), ...whomProblems(fault, scenario, energy), ...ownProblems(fault, scenario, index)].map(
      ({ path, message }) => ({ path: ["faults", index, ...path], message }),
    ),
  )

const windowProblems = ({ fromDay, toDay }: Fault, { calendar }: Scenario): ReadonlyArray<Problem> => {
  if (toDay <= fromDay) return [{ path: ["toDay"], message: `ends on day ${toDay}, before it begins on day ${fromDay}` }]
  return fromDay >= calendar.days
    ? [{ path: ["fromDay"], message: `begins on day ${fromDay}, and the run ends on day ${calendar.days}` }]
    : []
}

const oracleFaults: ReadonlySet<Fault["kind"]> = new Set(["oracleStale", "oracleDeviation", "oracleDown", "oracleBribe"])

/** Names of groups, classes and regions that the scenario does not have. */
const whomProblems = (fault: Fault, scenario: Scenario, energy: EnergyPreset | undefined): ReadonlyArray<Problem> => {
  const groups = (holds: (kind: string) => boolean) => scenario.agents.filter(({ kind }) => holds(kind)).map(({ id }) => id)
  const providers = groups((kind) => kind === "provider")
  const nodes = groups((kind) => kind === "oracleNode")
  const gpus = [...new Set(scenario.agents.flatMap((group) => ("gpu" in group ? [String(group.gpu)] : [])))]
  const regions = energy?.regions.map(({ id }) => id) ?? []
  const named = (path: Problem["path"], what: string, name: unknown, known: ReadonlyArray<string>): ReadonlyArray<Problem> =>
    typeof name !== "string" || known.includes(name)
      ? []
      : [
          {
            path,
            message: `the scenario has no ${what} ${JSON.stringify(name)}${suggestion(name, known) || `; it has ${known.join(", ")}`}`,
          },
        ]
  const sites = (path: Problem["path"], whom: object, groupIds: ReadonlyArray<string>) => {
    const { region, gpu, group } = whom as { readonly region?: string; readonly gpu?: string; readonly group?: string }
    return [
      ...named([...path, "region"], "region", region, regions),
      ...named([...path, "gpu"], "GPU", gpu, gpus),
      ...named([...path, "group"], "such group", group, groupIds),
    ]
  }
  const about = fault.kind === "oracleBribe" ? sites(["providers"], fault.providers, providers) : []
  return [...sites([], fault, oracleFaults.has(fault.kind) ? nodes : providers), ...about]
}

const ownProblems = (fault: Fault, { agents, faults, calendar, protocols }: Scenario, index: number): ReadonlyArray<Problem> => {
  switch (fault.kind) {
    case "gpuFlood": {
      const isSecond = faults.slice(0, index).some((other) => other.kind === "gpuFlood" && other.group === fault.group)
      if (isSecond) return [{ path: ["group"], message: `an earlier fault floods ${fault.group} already; give that one a higher count` }]
      const taken = floodGroup(fault.group)
      return agents.some(({ id }) => id === taken)
        ? [{ path: ["group"], message: `the newcomers would be the group ${taken}, which the scenario has already` }]
        : []
    }
    case "marketExploit":
      if (protocols.market.vulnerable !== true)
        return [{ path: ["kind"], message: "the market of this scenario has no hole; it needs protocols.market.vulnerable: true" }]
      return faults.slice(0, index).some((other) => other.kind === "marketExploit")
        ? [{ path: ["kind"], message: "an earlier fault robs the market already, and there is one thief" }]
        : []
    case "priceFeedLag": {
      const tickHours = 24 / calendar.ticksPerDay
      return fault.lagHours > 0 && fault.lagHours < tickHours / 2
        ? [{ path: ["lagHours"], message: `less than half a tick of ${tickHours} hours, so that no price would be old` }]
        : []
    }
    default:
      return []
  }
}
