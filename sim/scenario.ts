import { Schema } from "effect"
import { Params as Burn } from "./protocols/burn.ts"
import { Params as Claims } from "./protocols/claims.ts"
import { Params as Emissions } from "./protocols/emissions/index.ts"
import { Params as Farm } from "./protocols/farm.ts"
import { Params as Kyc } from "./protocols/kyc.ts"
import { Params as Graph } from "./protocols/graph.ts"
import { Feed } from "./protocols/feeds.ts"
import { Params as Lending } from "./protocols/lending.ts"
import { Params as Market } from "./protocols/market.ts"
import { Params as Oracle } from "./protocols/oracle.ts"
import { Params as Pool } from "./protocols/pool.ts"
import { Params as Pool3 } from "./protocols/pool3.ts"
import { Params as PriceSource } from "./protocols/priceSource.ts"
import { Params as Registry } from "./protocols/registry.ts"
import { Params as SpotChecks } from "./protocols/spotChecks.ts"
import { Params as Staking } from "./protocols/staking.ts"
import { Params as Token } from "./protocols/token.ts"
import { Params as Uptime } from "./protocols/uptime.ts"
import { Params as Vault } from "./protocols/vault.ts"
import { Params as Venue } from "./protocols/venue.ts"
import { Params as Vesting } from "./protocols/vesting.ts"
import { Params as Chain } from "./chains/index.ts"
import { Params as Devices } from "./devices/index.ts"
import { Fault } from "./faults/index.ts"
import { Id } from "./id.ts"
import { Params as Jobs } from "./jobs/terms.ts"
import { Params as Demand } from "./markets/demand.ts"
import { Params as Energy } from "./markets/energy.ts"
import { Params as Wear } from "./markets/faults.ts"
import { Params as Reference } from "./markets/reference.ts"
import { CloudUse } from "./preset.ts"
import { count, or, quantity } from "./quantity.ts"
import { sequencePolicies } from "./sequence.ts"

const Calendar = Schema.Struct({
  start: Schema.String.check(Schema.isPattern(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)).pipe(or("2026-01-01")),
  days: count("Simulated time", { unit: "days", min: 1, max: 3_650 }),
  ticksPerDay: Schema.Literals([1, 3, 4, 6, 8, 12, 24, 48, 96, 288]).pipe(or(4 as const)),
  epochDays: count("Reward period", { unit: "days", min: 1, max: 90 }).pipe(or(1)),
})

/** What the design is meant to achieve: `probability` is the share of runs in which `metric` over `window` satisfies `op value`. */
export const Objective = Schema.Struct({
  metric: Schema.String,
  window: Schema.Literals(["end", "mean", "min", "max"]),
  op: Schema.Literals([">=", "<="]),
  value: Schema.Finite,
  probability: quantity("Share of runs that must satisfy it", { unit: "share", min: 0, max: 1 }),
})
export type Objective = typeof Objective.Type

/** The schema of a scenario, given the parameter fields of every kind of agent (agents/index.ts). */
export const scenarioSchema = <const Agents extends Readonly<Record<string, Schema.Struct.Fields>>>(agents: Agents) =>
  Schema.Struct({
    name: Id,
    question: Schema.String,
    calendar: Calendar,
    seeds: count("Runs, each with its own random numbers", { unit: "runs", min: 1, max: 100_000 }),
    sequence: Schema.Literals(sequencePolicies).pipe(or("tip" as const)),
    chain: Chain.pipe(or({ kind: "free" as const })),
    /** How fast GPUs are, where the error of a rate is known: as its figure says, or as slow or fast as one in ten is expected to be. */
    gpuFigures: Schema.Literals(["value", "low", "high"]).pipe(or("value" as const)),
    protocols: Schema.Struct({
      token: Token,
      pool: Pool,
      pools3: Schema.Array(Pool3).pipe(or([])),
      priceSource: PriceSource.pipe(or({ kind: "spot" as const })),
      registry: Registry,
      market: Market,
      oracle: Oracle,
      emissions: Emissions,
      burn: Burn,
      venue: Venue,
      farms: Schema.Array(Farm).pipe(or([])),
      vault: Schema.optionalKey(Vault),
      claims: Schema.optionalKey(Claims),
      kyc: Schema.optionalKey(Kyc),
      graph: Schema.optionalKey(Graph),
      feeds: Schema.Array(Feed).pipe(or([])),
      uptime: Schema.optionalKey(Uptime),
      devices: Schema.optionalKey(Devices),
      lending: Schema.optionalKey(Lending),
      spotChecks: Schema.optionalKey(SpotChecks),
      staking: Schema.optionalKey(Staking),
      vesting: Schema.Array(Vesting).pipe(or([])),
    }),
    markets: Schema.Struct({
      reference: Reference,
      demand: Demand,
      energy: Energy,
      faults: Wear,
      cloud: CloudUse,
      jobs: Jobs.pipe(or({})),
    }),
    faults: Schema.Array(Fault).pipe(or([])),
    agents: Schema.Array(
      Schema.Union(
        Object.entries(agents).map(([kind, fields]) =>
          Schema.Struct({
            kind: Schema.Literal(kind),
            id: Id,
            count: count("Agents in the group", { unit: "agents", min: 1, max: 10_000 }),
            ...fields,
          }),
        ),
      ),
    ).check(Schema.isNonEmpty()),
    objectives: Schema.Array(Objective).pipe(or([])),
  })

/** One group of like agents; its other keys are the parameters of its kind. */
export interface AgentGroup {
  readonly kind: string
  readonly id: string
  readonly count: number
}

export type Scenario = Omit<ReturnType<typeof scenarioSchema<{}>>["Type"], "agents"> & { readonly agents: ReadonlyArray<AgentGroup> }

/** Authoring twin of a YAML scenario: the same data, checked by the compiler while it is written. */
export const defineScenario = (
  scenario: Omit<ReturnType<typeof scenarioSchema<{}>>["Encoded"], "agents"> & { readonly agents: ReadonlyArray<AgentGroup> },
) => scenario
