import { type AgentRegistry, cast } from "./actor.ts"
import { genesis } from "./genesis.ts"
import { metrics } from "./metrics/index.ts"
import { metricOf } from "./metric.ts"
import type { Catalogue } from "./preset.ts"
import type { Scenario } from "./scenario.ts"
import { WEI_PER_TOKEN } from "./units.ts"

/** Something that is right by itself and wrong beside the rest of the scenario. */
export interface Inconsistency {
  readonly path: ReadonlyArray<string | number>
  readonly message: string
  /** Names that would have been right. */
  readonly known?: ReadonlyArray<string>
}

/** Every contradiction within a scenario, and every name in it that nobody knows. */
export const inconsistencies = (scenario: Scenario, catalogue: Catalogue, registry: AgentRegistry): ReadonlyArray<Inconsistency> => {
  const unknown = unknownNames(scenario, catalogue)
  return unknown.length > 0 ? unknown : [...duplicateGroups(scenario), ...contradictions(scenario, registry)]
}

const unknownNames = (scenario: Scenario, catalogue: Catalogue): ReadonlyArray<Inconsistency> => {
  const found: Inconsistency[] = []
  const check = (path: ReadonlyArray<string | number>, what: string, name: string, known: Iterable<string>) => {
    const names = [...known]
    if (!names.includes(name)) found.push({ path, message: `unknown ${what} "${name}"`, known: names })
  }
  const { cloud, energy } = scenario.markets
  check(["markets", "cloud", "preset"], "cloud price preset", cloud.preset, catalogue.clouds.keys())
  check(["markets", "energy", "preset"], "energy price preset", energy.preset, catalogue.energies.keys())
  const regions = catalogue.energies.get(energy.preset)?.regions.map(({ id }) => id)
  scenario.agents.forEach((group, index) => {
    const { gpu, region } = group as { readonly gpu?: string; readonly region?: string }
    if (gpu !== undefined) check(["agents", index, "gpu"], "GPU class", gpu, catalogue.gpus.keys())
    if (region !== undefined && regions !== undefined) check(["agents", index, "region"], "region", region, regions)
  })
  scenario.objectives.forEach(({ metric }, index) => {
    if (metricOf(metrics, metric) === undefined) check(["objectives", index, "metric"], "metric", metric, Object.keys(metrics))
  })
  return found
}

const duplicateGroups = (scenario: Scenario): ReadonlyArray<Inconsistency> =>
  scenario.agents.flatMap(({ id }, index): ReadonlyArray<Inconsistency> => {
    return scenario.agents.findIndex((group) => group.id === id) < index
      ? [{ path: ["agents", index, "id"], message: `two groups of agents are called "${id}"` }]
      : []
  })

const contradictions = (scenario: Scenario, registry: AgentRegistry): ReadonlyArray<Inconsistency> => {
  const found: Inconsistency[] = []
  scenario.shocks.forEach(({ fromDay, toDay }, index) => {
    if (toDay <= fromDay) found.push({ path: ["shocks", index, "toDay"], message: `ends on day ${toDay}, before it begins on day ${fromDay}` })
  })
  if (scenario.calendar.epochDays > scenario.calendar.days)
    found.push({ path: ["calendar", "epochDays"], message: `an epoch of ${scenario.calendar.epochDays} days does not fit into ${scenario.calendar.days} days` })
  const opening = genesis(scenario, cast(scenario, registry, "1"))
  const { reporters, quorum } = opening.oracle
  if (quorum > reporters.length)
    found.push({ path: ["protocols", "oracle", "quorum"], message: `asks for ${quorum} reports, but there are ${reporters.length} oracle nodes` })
  const givenWei =
    opening.venue.inventoryWei +
    [...opening.accounts, ...opening.pool.deposits].reduce((sum, { tokenWei }) => sum + tokenWei, 0n)
  if (givenWei > opening.supplyWei)
    found.push({
      path: ["protocols", "token", "genesisTokens"],
      message: `${opening.supplyWei / WEI_PER_TOKEN} tokens exist, but pool, venue and agents are given ${givenWei / WEI_PER_TOKEN}`,
    })
  return found
}
