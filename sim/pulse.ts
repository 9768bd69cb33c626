import type { Moment } from "./clock.ts"
import type { Fact } from "./ledger.ts"
import type { Site } from "./jobs/site.ts"
import { exp, ln } from "./maths.ts"
import { holdersShare, keptShare } from "./protocols/burn.ts"
import type { Scenario } from "./scenario.ts"
import { fromMicros, fromMillis, fromWei, HOURS_PER_DAY } from "./units.ts"

/** What one class of GPU earned lately in the job market. */
export interface ClassStats {
  readonly gpusOn: number
  /** Mean ask, weighted by GPUs. */
  readonly askUsdPerGpuHour: number
  /** Busy share of the hours on, over about a day. */
  readonly utilisation: number
}

/** The network's recent vital signs, as anyone can read them from the chain and the order book. */
export interface Pulse {
  /** Dollars that the simulated agents brought to the outside market in the last tick, less what they took. */
  readonly netPurchaseUsd: number
  /**
   * What comes to the holders from jobs, by burning or otherwise, smoothed over two weeks; undefined in the first tick. A tax on trades is not
   * in it: holders pay it who trade, and what it burns or puts away counts by the fewer tokens that circulate.
   */
  readonly burnUsdPerDay: number | undefined
  readonly burnWeight: number
  /** Tokens credited for one verified work hour, or dollar where these count, in the last final epoch. */
  readonly rewardTokensPerWorkHour: number
  readonly classes: ReadonlyMap<string, ClassStats>
  /** The last claim of every provider. */
  readonly claims: ReadonlyMap<string, { readonly epoch: number; readonly workMillis: bigint }>
}

export const openPulse: Pulse = {
  netPurchaseUsd: 0,
  burnUsdPerDay: undefined,
  burnWeight: 0,
  rewardTokensPerWorkHour: 0,
  classes: new Map(),
  claims: new Map(),
}

const burnHalfLifeDays = 14
const utilisationHalfLifeDays = 1

export const takePulse = (
  scenario: Scenario,
  before: Pulse,
  now: Moment,
  facts: ReadonlyArray<Fact>,
  sitesBefore: ReadonlyMap<string, Site>,
  sites: ReadonlyMap<string, Site>,
): Pulse => {
  const days = now.hours / HOURS_PER_DAY
  let netPurchaseUsd = 0
  let escrowedUsd = 0
  let emittedTokens = 0
  let verifiedHours = 0
  const hasTree = scenario.protocols.oracle.settlement === "tree"
  const keptWorth = scenario.markets.reference.treasuryWorth
  const claims = new Map(before.claims)
  for (const fact of facts) {
    if (fact.kind === "venue.traded") netPurchaseUsd += (fact.sell === "dollar" ? 1 : -1) * fromMicros(fact.dollarMicros)
    if (fact.kind === "market.opened") escrowedUsd += fromMicros(fact.amountMicros)
    if (fact.kind === "market.refunded") escrowedUsd -= fromMicros(fact.amountMicros)
    if (fact.kind === "disputes.refunded") escrowedUsd -= fromMicros(fact.amountMicros)
    if (fact.kind === "batches.debited") escrowedUsd += fromMicros(fact.amountMicros)
    // A tree shares out an epoch's emission a tick after its work is final.
    if (fact.kind === (hasTree ? "emissions.released" : "rewards.credited")) emittedTokens += fromWei(fact.amountWei)
    if (fact.kind === "oracle.workClaimed") claims.set(fact.agent, fact)
    if (fact.kind === "oracle.finalised") verifiedHours += fromMillis(fact.verifiedWorkMillis)
  }
  const share = holdersShare(scenario.protocols) + keptWorth * keptShare(scenario.protocols)
  const burnUsdPerDay = (escrowedUsd * share) / days
  // Bias-corrected exponential mean, so that the first days count for what they are.
  const keep = exp((-ln(2) * days) / burnHalfLifeDays)
  const burnWeight = before.burnWeight * keep + (1 - keep)
  return {
    netPurchaseUsd,
    burnUsdPerDay: ((before.burnUsdPerDay ?? 0) * before.burnWeight * keep + burnUsdPerDay * (1 - keep)) / burnWeight,
    burnWeight,
    rewardTokensPerWorkHour: verifiedHours > 0 ? emittedTokens / verifiedHours : before.rewardTokensPerWorkHour,
    classes: classStats(before.classes, exp((-ln(2) * days) / utilisationHalfLifeDays), sitesBefore, sites),
    claims,
  }
}

const classStats = (
  before: Pulse["classes"],
  keep: number,
  sitesBefore: ReadonlyMap<string, Site>,
  sites: ReadonlyMap<string, Site>,
): Pulse["classes"] => {
  const sums = new Map<string, { gpusOn: number; ask: number; onHours: number; busyHours: number }>()
  for (const [provider, site] of sites) {
    const { gpu, gpusOn, askUsdPerGpuHour } = site.plan
    const sum = sums.get(gpu) ?? { gpusOn: 0, ask: 0, onHours: 0, busyHours: 0 }
    const earlier = sitesBefore.get(provider)
    sum.gpusOn += gpusOn
    sum.ask += gpusOn * askUsdPerGpuHour
    sum.onHours += site.onGpuHours - (earlier?.onGpuHours ?? 0)
    sum.busyHours += site.busyGpuHours - (earlier?.busyGpuHours ?? 0)
    sums.set(gpu, sum)
  }
  const stats = new Map<string, ClassStats>()
  for (const [gpu, { gpusOn, ask, onHours, busyHours }] of sums) {
    if (gpusOn === 0) continue
    const utilisation = onHours > 0 ? busyHours / onHours : 0
    const earlier = before.get(gpu)
    stats.set(gpu, {
      gpusOn,
      askUsdPerGpuHour: ask / gpusOn,
      utilisation: earlier === undefined ? utilisation : earlier.utilisation * keep + utilisation * (1 - keep),
    })
  }
  return stats
}
