import { namedStreams } from "./actor.ts"
import type { Moment } from "./clock.ts"
import { factorOn, growthFactor } from "./markets/demand.ts"
import { stepFluctuation } from "./markets/fluctuation.ts"
import { type Reference, type Signals, stepReference } from "./markets/reference.ts"
import { exp } from "./maths.ts"
import type { Rng } from "./rng.ts"
import type { Ports } from "./faults/ports.ts"
import type { Scenario } from "./scenario.ts"

/** What the network cannot change, or only through the outside price of its token. */
export interface Exogenous {
  readonly reference: Reference
  readonly demandLogFactor: number
  readonly energyLogFactor: number
  /** What faults multiply the outside price by now. */
  readonly tokenFactor: number
  /** Outside prices in dollars, the newest first, as far back as anybody looks. */
  readonly quotes: ReadonlyArray<number>
}

export const openExogenous = (scenario: Scenario): Exogenous => {
  const usdPerToken = scenario.protocols.pool.usd / scenario.protocols.pool.tokens
  return { reference: { usdPerToken }, demandLogFactor: 0, energyLogFactor: 0, tokenFactor: 1, quotes: [usdPerToken] }
}

/** Each market moves once a tick, from its own stream. */
export const stepExogenous = (
  scenario: Scenario,
  before: Exogenous,
  now: Moment,
  signals: Omit<Signals, "shockFactor">,
  { tokenFactor }: Pick<Ports, "tokenFactor">,
  rng: (purpose: string) => Rng,
): Exogenous => {
  const days = now.hours / 24
  const { demand, energy } = scenario.markets
  const moved = { ...signals, shockFactor: tokenFactor / before.tokenFactor }
  const reference = stepReference(scenario.markets.reference, before.reference, moved, days, rng("reference"))
  return {
    reference,
    tokenFactor,
    quotes: [reference.usdPerToken, ...before.quotes].slice(0, quotesKept(scenario, now)),
    demandLogFactor: stepFluctuation(demand, before.demandLogFactor, days, rng("demand")),
    energyLogFactor: stepFluctuation(energy, before.energyLogFactor, days, rng("energy")),
  }
}

/** The outside price as it was so many hours ago, or at the start. */
export const quoteAt = ({ quotes }: Exogenous, lagHours: number, now: Moment): number =>
  quotes[Math.min(lagTicks(lagHours, now), quotes.length - 1)]!

const lagTicks = (lagHours: number, now: Moment): number => Math.round(lagHours / now.hours)

const quotesKept = ({ faults }: Scenario, now: Moment): number =>
  1 +
  lagTicks(
    faults.reduce((sum, fault) => sum + (fault.kind === "priceFeedLag" ? fault.lagHours : 0), 0),
    now,
  )

export const demandFactor = (scenario: Scenario, state: Exogenous, now: Moment, ports: Pick<Ports, "demandFactor">): number =>
  exp(state.demandLogFactor) *
  growthFactor(scenario.markets.demand.growthPerYear, now.day) *
  factorOn(scenario.markets.demand.formula)(now.day) *
  ports.demandFactor

export const energyFactor = (state: Exogenous, region: string, ports: Pick<Ports, "energyFactor">): number =>
  exp(state.energyLogFactor) * ports.energyFactor(region)

/** The streams of the outside world. */
export const worldStreams = (seed: string): ((purpose: string) => Rng) => namedStreams(seed, "world")
