import { agents } from "../agents/index.ts"
import { cast } from "../sim/actor.ts"
import { genesis } from "../sim/genesis.ts"
import { type Capex, usdPerGpu } from "../sim/markets/hardware.ts"
import { metricOf } from "../sim/metric.ts"
import { metrics } from "../sim/metrics/index.ts"
import type { Catalogue } from "../sim/preset.ts"
import type { AgentGroup, Scenario } from "../sim/scenario.ts"
import { fromWei } from "../sim/units.ts"
import { adversaryProblems } from "./adversaryProblems.ts"
import { deviceProblems } from "./deviceProblems.ts"
import { emissionProblems } from "./emissionProblems.ts"
import { faultProblems } from "./faultProblems.ts"
import { feedProblems } from "./feedProblems.ts"
import { fraudProblems } from "./fraudProblems.ts"
import { formulaProblems } from "./formulaProblems.ts"
import { kycProblems } from "./kycProblems.ts"
import { pool3Problems } from "./pool3Problems.ts"
import { settlementProblems } from "./settlementProblems.ts"
import { sinkProblems } from "./sinkProblems.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** What no single key shows: names that must exist elsewhere, and numbers that must fit together. */
export const crossCheck = (scenario: Scenario, catalogue: Catalogue): ReadonlyArray<Problem> => {
  const { markets, protocols, calendar } = scenario
  const energy = catalogue.energies.get(markets.energy.preset)
  const reporters = scenario.agents.filter(({ kind }) => kind === "oracleNode").reduce((sum, { count }) => sum + count, 0)
  const terms = [
    ...formulaProblems(scenario),
    ...pool3Problems(scenario),
    ...settlementProblems(scenario),
    ...sinkProblems(scenario),
    ...kycProblems(scenario),
    ...feedProblems(scenario),
    ...fraudProblems(scenario, catalogue),
    ...adversaryProblems(scenario),
  ]
  const givenTokens = terms.length > 0 ? 0 : tokensGiven(scenario)
  return [
    ...terms,
    ...emissionProblems(scenario),
    ...named(["markets", "energy", "preset"], "preset", markets.energy.preset, catalogue.energies),
    ...(protocols.priceSource.kind === "mean"
      ? named(
          ["protocols", "priceSource", "pool"],
          "v3 pool",
          protocols.priceSource.pool,
          new Map(protocols.pools3.map((pool) => [pool.id, pool])),
        )
      : []),
    ...named(["markets", "cloud", "preset"], "preset", markets.cloud.preset, catalogue.clouds),
    ...scenario.agents.flatMap((group, index) => [
      ...textKey(group, "gpu").flatMap((gpu) => named(["agents", index, "gpu"], "GPU", gpu, catalogue.gpus)),
      ...(energy === undefined ? [] : textKey(group, "region")).flatMap((region) =>
        named(["agents", index, "region"], "region", region, new Map(energy!.regions.map((known) => [known.id, known]))),
      ),
      ...priceProblems(group, index, catalogue),
      ...(scenario.agents.findIndex(({ id }) => id === group.id) < index
        ? [{ path: ["agents", index, "id"], message: `the id ${group.id} is taken by an earlier group; ids must differ` }]
        : []),
      ...Object.entries(group).flatMap(([key, value]) =>
        isUniform(value) && value.low > value.high
          ? [{ path: ["agents", index, key], message: `low (${value.low}) is above high (${value.high})` }]
          : [],
      ),
    ]),
    ...scenario.objectives.flatMap(({ metric }, index) =>
      metricOf(metrics, metric) === undefined ? [unknown(["objectives", index, "metric"], "metric", metric, Object.keys(metrics))] : [],
    ),
    ...faultProblems(scenario, energy),
    ...deviceProblems(scenario, catalogue),
    // A reporter keeps one report, so two epochs can hold a majority never at once: nobody can pass over an epoch that has its quorum.
    ...(protocols.oracle.quorum * 2 <= reporters
      ? [
          {
            path: ["protocols", "oracle", "quorum"],
            message: `${protocols.oracle.quorum} of ${reporters} oracle nodes are no majority; at least ${Math.floor(reporters / 2) + 1} are needed`,
          },
        ]
      : []),
    ...(protocols.oracle.quorum > reporters
      ? [
          {
            path: ["protocols", "oracle", "quorum"],
            message: `${protocols.oracle.quorum} reports are needed, and there are ${reporters} oracle nodes`,
          },
        ]
      : []),
    ...(givenTokens > protocols.token.genesisTokens
      ? [
          {
            path: ["protocols", "token", "genesisTokens"],
            message: `pools, venue, farms, bonuses, vesting wallets, signal and agents are given ${givenTokens} tokens, more than exist`,
          },
        ]
      : []),
    ...protocols.farms.flatMap(({ id, startDay }, index) => [
      ...(protocols.farms.findIndex((farm) => farm.id === id) < index
        ? [{ path: ["protocols", "farms", index, "id"], message: `the id ${id} is taken by an earlier farm; ids must differ` }]
        : []),
      ...(startDay >= calendar.days
        ? [
            {
              path: ["protocols", "farms", index, "startDay"],
              message: `begins on day ${startDay}, and the run ends on day ${calendar.days}`,
            },
          ]
        : []),
    ]),
    ...(protocols.graph?.subgraphs ?? []).flatMap(({ id }, index, subgraphs) =>
      subgraphs.findIndex((earlier) => earlier.id === id) < index
        ? [
            {
              path: ["protocols", "graph", "subgraphs", index, "id"],
              message: `the id ${id} is taken by an earlier subgraph; ids must differ`,
            },
          ]
        : [],
    ),
    ...scenario.agents.flatMap(({ kind }, index) => {
      const lacks = needs[kind]?.find(
        (name) => protocols[name] === undefined || (Array.isArray(protocols[name]) && protocols[name].length === 0),
      )
      return lacks === undefined
        ? []
        : [
            {
              path: ["agents", index, "kind"],
              message: `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} needs protocols.${lacks}, which the scenario does not have`,
            },
          ]
    }),
    ...silentProblems(scenario),
    // Work is claimed, reported and made final in the three ticks after an epoch's end.
    ...(calendar.epochDays * calendar.ticksPerDay < 3
      ? [{ path: ["calendar", "ticksPerDay"], message: "an epoch needs three ticks at least; make epochs longer or ticks shorter" }]
      : []),
    ...(calendar.epochDays > calendar.days
      ? [{ path: ["calendar", "epochDays"], message: `an epoch of ${calendar.epochDays} days does not fit into ${calendar.days} days` }]
      : []),
  ]
}

/** Agents who would never find anything to do. */
const silentProblems = ({ agents, protocols }: Scenario): ReadonlyArray<Problem> => {
  const hasCases = (protocols.registry.slashing?.appealDays ?? 0) > 0 || protocols.market.disputes !== undefined
  const hasArbitrator = agents.some(({ kind }) => kind === "arbitrator")
  return agents.flatMap(({ kind }, index) => {
    const path = ["agents", index, "kind"]
    if (kind === "judge" && !hasCases)
      return [{ path, message: "a judge needs appeals or disputes: protocols.registry.slashing.appealDays or protocols.market.disputes" }]
    if (kind === "fisherman" && !hasArbitrator)
      return [{ path, message: "nobody decides what a fisherman disputes; add an agent of kind arbitrator" }]
    return []
  })
}

/** Optional protocols without which a kind of agent cannot act. */
const needs: Readonly<
  Record<string, ReadonlyArray<"farms" | "vault" | "vesting" | "staking" | "claims" | "kyc" | "graph" | "feeds" | "uptime">>
> = {
  arbitrator: ["graph"],
  beneficiary: ["vesting"],
  delegator: ["graph"],
  farmer: ["farms"],
  fisherman: ["graph"],
  indexer: ["graph"],
  feedNode: ["feeds"],
  keeper: ["uptime"],
  claimant: ["claims"],
  complianceOfficer: ["kyc"],
  depositor: ["vault"],
  gateArbitrageur: ["kyc"],
  inflationAttacker: ["vault"],
  regulatedTrader: ["kyc"],
  staker: ["staking"],
  strategist: ["vault"],
}

/** What leaves the treasury before the first tick. Which providers are founders is drawn, so seed 1 stands for all. */
const tokensGiven = (scenario: Scenario): number => {
  const {
    accounts,
    pool,
    pools3 = [],
    venue,
    farms = [],
    vesting = [],
    kyc,
    graph,
    uptime,
  } = genesis(scenario, cast(scenario, agents, "1"))
  const rewardsWei = farms.reduce((sum, { rewardWei }) => sum + rewardWei, 0n)
  const signalledWei = (graph?.subgraphs ?? []).reduce((sum, { signalWei }) => sum + signalWei, 0n)
  const given = [...accounts, ...pool.deposits, ...pools3, ...vesting, ...(kyc === undefined ? [] : [kyc])].reduce(
    (sum, { tokenWei }) => sum + tokenWei,
    venue.inventoryWei + rewardsWei + signalledWei + (uptime?.budgetWei ?? 0n),
  )
  return Math.ceil(fromWei(given))
}

/** A return on hardware needs its price. */
const priceProblems = (group: AgentGroup, index: number, { gpus }: Catalogue): ReadonlyArray<Problem> => {
  const { capex, gpu } = group as AgentGroup & { readonly capex?: Capex; readonly gpu?: string }
  const profile = gpus.get(gpu ?? "")
  return capex === undefined || profile === undefined || usdPerGpu(capex, profile) !== undefined
    ? []
    : [{ path: ["agents", index, "capex"], message: `usdPerGpu is missing, and the class ${gpu} has no price of its own` }]
}

const named = (path: Problem["path"], what: string, name: string, known: ReadonlyMap<string, unknown>): ReadonlyArray<Problem> =>
  known.has(name) ? [] : [unknown(path, what, name, [...known.keys()])]

const unknown = (path: Problem["path"], what: string, name: string, known: ReadonlyArray<string>): Problem => ({
  path,
  message: `unknown ${what} ${JSON.stringify(name)}${suggestion(name, known) || `; ${known.length === 0 ? "there is none" : `known are ${known.join(", ")}`}`}`,
})

const textKey = (group: AgentGroup, key: string): ReadonlyArray<string> => {
  const value: unknown = Object.entries(group).find(([name]) => name === key)?.[1]
  return typeof value === "string" ? [value] : []
}

const isUniform = (value: unknown): value is { readonly low: number; readonly high: number } =>
  typeof value === "object" && value !== null && "low" in value && "high" in value
