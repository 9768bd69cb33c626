import type { Moment } from "./clock.ts"
import { demandFactor, energyFactor, type Exogenous, quoteAt } from "./exogenous.ts"
import type { Ports } from "./faults/ports.ts"
import type { GasDesk } from "./chains/tolls.ts"
import type { LedgerView, Order } from "./ledger.ts"
import type { Bill } from "./markets/bills.ts"
import { hourFactor, type Region } from "./markets/energy.ts"
import { type JobKind, jobKinds } from "./jobs/kinds/index.ts"
import type { Delivery, Results } from "./jobs/settlement/disputes.ts"
import type { Site } from "./jobs/site.ts"
import { hasMarketPrices, hasQueues } from "./jobs/terms.ts"
import type { Work } from "./jobs/work.ts"
import { type Catalogue, cloudUsdPerWorkHour } from "./preset.ts"
import type { Profile } from "./profile.ts"
import type { Board } from "./proofs/board.ts"
import type { Agreement } from "./protocols/rewardTree.ts"
import type { Pulse } from "./pulse.ts"
import { meanUsdPerToken } from "./protocols/priceSource.ts"
import type { Scenario } from "./scenario.ts"
import { usdPerToken } from "./units.ts"

/** What every agent sees when it decides. All agents of a tick see the same world, but for the pending orders. */
export interface World {
  readonly now: Moment
  readonly rules: Scenario["protocols"]
  /** Whether jobs may wait for a provider, and whether anybody but the provider sets its price. */
  readonly hasQueues: boolean
  readonly hasMarketPrices: boolean
  /** Oracle nodes in the order of their turns of duty. */
  readonly reporters: ReadonlyArray<string>
  readonly ledger: LedgerView
  readonly gpus: ReadonlyMap<string, Profile>
  /** Marginal price in the pool. */
  readonly usdPerToken: number
  /** What the scenario's price source says, for decisions that a single trade must not sway. */
  readonly meanUsdPerToken: number
  /** What the outside market is known to pay: its price of the moment, or an old one where the feed of prices lags. */
  readonly referenceUsdPerToken: number
  readonly demandFactor: number
  /** Electricity in this tick, by region. */
  readonly usdPerKwh: ReadonlyMap<string, number>
  readonly regions: ReadonlyMap<string, Region>
  readonly cloudUsdPerWorkHour: Readonly<Record<JobKind, number>>
  readonly pulse: Pulse
  readonly sites: ReadonlyMap<string, Site>
  readonly bills: ReadonlyMap<string, Bill>
  readonly work: Work
  /** Of all providers that ever registered. */
  readonly registeredGpus: number
  readonly board: Board
  /** What the oracle nodes' messages about the last epoch come to, where they do not report on the chain. */
  readonly agreement: Agreement | undefined
  readonly gas: GasDesk
  /** Where buyers can dispute results: what each was handed over in the last tick, and what became of disputes. */
  readonly deliveries?: ReadonlyMap<string, ReadonlyArray<Delivery>>
  readonly results?: Results
  /** What is wrong with the nodes of feeds, and which sites no node can see in this tick. */
  readonly feedStrain?: Ports["feedStrain"]
  readonly hidesFromOracles?: Ports["hidesFromOracles"]
  /** Public orders of this tick, not yet in any order; agents of a later wave see those that were given before. */
  readonly pending: ReadonlyArray<Order>
}

/** Puts together what is seen at the beginning of a tick. */
export const look = (
  scenario: Scenario,
  catalogue: Catalogue,
  reporters: ReadonlyArray<string>,
  state: Pick<World, "now" | "ledger" | "pulse" | "sites" | "bills" | "work" | "board" | "agreement" | "gas" | "deliveries" | "results"> & {
    readonly exogenous: Exogenous
    readonly ports: Ports
  },
): World => {
  const { exogenous, ports, ...seen } = state
  const { now, ledger } = seen
  const { regions, dayShapes = [] } = catalogue.energies.get(scenario.markets.energy.preset)!
  const cloud = catalogue.clouds.get(scenario.markets.cloud.preset)!
  const cloudPrice = (kind: JobKind) => cloudUsdPerWorkHour(cloud, catalogue.gpus, kind, scenario.markets.cloud)
  const dayFactor = (region: Region) =>
    scenario.markets.energy.timeOfUse === true ? hourFactor(region, dayShapes, now.tickOfDay * now.hours, now.hours) : 1
  return {
    ...seen,
    feedStrain: ports.feedStrain,
    hidesFromOracles: ports.hidesFromOracles,
    pending: [],
    rules: scenario.protocols,
    hasQueues: hasQueues(scenario.markets.jobs),
    hasMarketPrices: hasMarketPrices(scenario.markets.jobs) || scenario.agents.some(({ kind }) => kind === "washBuyer"),
    reporters,
    gpus: catalogue.gpus,
    usdPerToken: usdPerToken(ledger.pool.dollarReserveMicros, ledger.pool.tokenReserveWei),
    meanUsdPerToken: meanUsdPerToken(scenario.protocols.priceSource, ledger),
    referenceUsdPerToken: quoteAt(exogenous, ports.lagHours, now),
    demandFactor: demandFactor(scenario, exogenous, now, ports),
    usdPerKwh: new Map(
      regions.map((region) => [region.id, region.usdPerKwh * energyFactor(exogenous, region.id, ports) * dayFactor(region)]),
    ),
    regions: new Map(regions.map((region) => [region.id, region])),
    registeredGpus: registeredGpus(ledger),
    cloudUsdPerWorkHour: Object.fromEntries(jobKinds.map((kind) => [kind, cloudPrice(kind)])) as World["cloudUsdPerWorkHour"],
  }
}

const registeredGpus = ({ registry }: LedgerView): number => {
  let gpus = 0
  for (const { gpuCount } of registry.providers.values()) gpus += gpuCount
  return gpus
}
