import { bothStrains, type FeedStrain, noStrain } from "../feeds/feedStrain.ts"
import type { Moment } from "../clock.ts"
import type { Action, LedgerView } from "../ledger.ts"
import type { Rng } from "../rng.ts"

/** A site that stops for a while: hours after the start of the tick, and until it works again. */
export interface Breakdown {
  readonly afterHours: number
  readonly repairHours: number
}

/** How often a site breaks and how long that takes, without faults. */
export interface Wear {
  readonly hoursBetweenFailures: number
  readonly repairHours: number
}

/** What an oracle node knows when it reports. */
export interface Sources {
  /** Work that providers claim, by provider, of the epoch that is reported. */
  readonly claims: ReadonlyMap<string, { readonly epoch: number; readonly workMillis: bigint }>
  /** The last report that the node made of its own. */
  readonly lastReport: Action | undefined
}

/** What becomes of the result of a job: a spoiled one is refused and paid back, or accepted because nobody looked. */
export type Quality = "clean" | "refused" | "unnoticed"

/** The orders of a tick settle so much later, and agents change places where a stream is given. */
export interface Reorg {
  readonly delayTicks: number
  readonly shuffle: Rng | undefined
}

/**
 * Where faults touch the loop in one tick. Each port says what happens to something outside the contracts: the outside world, machines, what is
 * seen, what agents send, and when the chain takes it. No port leads to a contract's books.
 */
export interface Ports {
  /** What the outside world's markets are multiplied by. */
  readonly demandFactor: number
  readonly tokenFactor: number
  readonly gasFactor: number
  readonly energyFactor: (region: string) => number
  /** Age of the outside price that agents see. */
  readonly lagHours: number
  /** Whether an agent that is not in the network yet is kept out of it. */
  readonly bars: (agent: string) => boolean
  readonly breakdowns: (provider: string, hours: number, wear: (provider: string) => Wear) => ReadonlyArray<Breakdown>
  /** Share of their full speed at which a site's GPUs work. */
  readonly speed: (provider: string) => number
  /** Whether oracles cannot see a site, and whether buyers cannot send it new jobs. */
  readonly hidesFromOracles: (provider: string) => boolean
  readonly hidesFromBuyers: (provider: string) => boolean
  /** Asked once when a job ends. */
  readonly quality: (provider: string) => Quality
  /** What is wrong with the nodes of a price feed. */
  readonly feedStrain: (feed: string) => FeedStrain
  /** What an agent really sends of what it decided. */
  readonly conduct: (agent: string, actions: ReadonlyArray<Action>, sources: Sources) => ReadonlyArray<Action>
  /** Orders of people who are no agents, such as a thief and a guardian, before all others; they see what anybody sees. */
  readonly intrusions: (now: Moment, view: LedgerView) => ReadonlyArray<{ readonly agent: string; readonly action: Action }>
  /** The most orders of agents that the chain takes in the tick. */
  readonly ordersMax: number
  /** Asked once a tick: whether its blocks are lost. */
  readonly reorg: () => Reorg | undefined
}

/** Those of machines. */
export type SitePorts = Pick<Ports, "breakdowns" | "speed" | "hidesFromBuyers" | "quality">

/** No faults. */
export const calm: Ports = {
  demandFactor: 1,
  tokenFactor: 1,
  gasFactor: 1,
  energyFactor: () => 1,
  lagHours: 0,
  bars: () => false,
  breakdowns: () => [],
  speed: () => 1,
  hidesFromOracles: () => false,
  hidesFromBuyers: () => false,
  quality: () => "clean",
  feedStrain: () => noStrain,
  conduct: (_agent, actions) => actions,
  intrusions: () => [],
  ordersMax: Infinity,
  reorg: () => undefined,
}

/** Two faults at once, the second on top of the first. */
export const both = (a: Ports, b: Ports): Ports => ({
  demandFactor: a.demandFactor * b.demandFactor,
  tokenFactor: a.tokenFactor * b.tokenFactor,
  gasFactor: a.gasFactor * b.gasFactor,
  energyFactor: (region) => a.energyFactor(region) * b.energyFactor(region),
  lagHours: a.lagHours + b.lagHours,
  bars: (agent) => a.bars(agent) || b.bars(agent),
  breakdowns: (provider, hours, wear) => [...a.breakdowns(provider, hours, wear), ...b.breakdowns(provider, hours, wear)],
  speed: (provider) => a.speed(provider) * b.speed(provider),
  hidesFromOracles: (provider) => a.hidesFromOracles(provider) || b.hidesFromOracles(provider),
  hidesFromBuyers: (provider) => a.hidesFromBuyers(provider) || b.hidesFromBuyers(provider),
  quality: (provider) => worse(a.quality(provider), b.quality(provider)),
  feedStrain: (feed) => bothStrains(a.feedStrain(feed), b.feedStrain(feed)),
  conduct: (agent, actions, sources) => b.conduct(agent, a.conduct(agent, actions, sources), sources),
  intrusions: (now, view) => [...a.intrusions(now, view), ...b.intrusions(now, view)],
  ordersMax: Math.min(a.ordersMax, b.ordersMax),
  reorg: () => longer(a.reorg(), b.reorg()),
})

const worse = (a: Quality, b: Quality): Quality => (a === "refused" || b === "clean" ? a : b)

const longer = (a: Reorg | undefined, b: Reorg | undefined): Reorg | undefined =>
  a === undefined || (b !== undefined && b.delayTicks > a.delayTicks) ? b : a
