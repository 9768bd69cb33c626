import { namedStreams } from "./actor.ts"
import type { Moment } from "./clock.ts"
import { factorOn, growthFactor } from "./markets/demand.ts"
import { stepFluctuation } from "./markets/fluctuation.ts"
import { type Reference, type Signals, stepReference } from "./markets/reference.ts"
import { exp } from "./maths.ts"
import type { Rng } from "./rng.ts"
import type { Scenario, Shock } from "./scenario.ts"

/** What the network cannot change, or only through the outside price of its token. */
export interface Exogenous {
  readonly reference: Reference
  readonly demandLogFactor: number
  readonly energyLogFactor: number
}

export const openExogenous = (scenario: Scenario): Exogenous => ({
  reference: { usdPerToken: scenario.protocols.pool.usd / scenario.protocols.pool.tokens },
  demandLogFactor: 0,
  energyLogFactor: 0,
})

/** Each market moves once a tick, from its own stream. */
export const stepExogenous = (
  scenario: Scenario,
  before: Exogenous,
  now: Moment,
  signals: Omit<Signals, "shockFactor">,
  rng: (purpose: string) => Rng,
): Exogenous => {
  const days = now.hours / 24
  const { reference, demand, energy } = scenario.markets
  const tokenFactor = shockFactor(scenario.shocks, "token", now.day)
  const tokenFactorBefore = now.tick === 1 ? 1 : shockFactor(scenario.shocks, "token", now.day - days)
  return {
    reference: stepReference(
      reference,
      before.reference,
      { ...signals, shockFactor: tokenFactor / tokenFactorBefore },
      days,
      rng("reference"),
    ),
    demandLogFactor: stepFluctuation(demand, before.demandLogFactor, days, rng("demand")),
    energyLogFactor: stepFluctuation(energy, before.energyLogFactor, days, rng("energy")),
  }
}

export const demandFactor = (scenario: Scenario, state: Exogenous, now: Moment): number =>
  exp(state.demandLogFactor) *
  growthFactor(scenario.markets.demand.growthPerYear, now.day) *
  factorOn(scenario.markets.demand.formula)(now.day) *
  shockFactor(scenario.shocks, "demand", now.day)

export const energyFactor = (scenario: Scenario, state: Exogenous, now: Moment): number =>
  exp(state.energyLogFactor) * shockFactor(scenario.shocks, "energy", now.day)

/** Product of all shocks of a kind that are on at this day. */
const shockFactor = (shocks: ReadonlyArray<Shock>, kind: Shock["kind"], day: number): number =>
  shocks.reduce((factor, shock) => (shock.kind === kind && day >= shock.fromDay && day < shock.toDay ? factor * shock.factor : factor), 1)

/** The streams of the outside world. */
export const worldStreams = (seed: string): ((purpose: string) => Rng) => namedStreams(seed, "world")
