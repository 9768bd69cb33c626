import type { Delivery } from "../sim/jobs/settlement/disputes.ts"
import { noRulings } from "../sim/jobs/settlement/disputes.ts"
import { or, quantity } from "../sim/quantity.ts"
import type { Rng } from "../sim/rng.ts"
import { fromMicros } from "../sim/units.ts"
import type { World } from "../sim/world.ts"

/** What a buyer does with results, where it can dispute them. */
export const examineFields = {
  checkShare: quantity("Part of the results that it checks", { unit: "share", min: 0, max: 1 }).pipe(or(0)),
  resultCheckUsd: quantity("What it costs to check a result", { unit: "USD", min: 0, max: 1e6 }).pipe(or(0)),
  misjudgedShareBelieved: quantity("Part of the rulings that it believes to be wrong, before it has seen any", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0.1)),
  disputeShare: quantity("Part of the results that it does not know to be wrong and disputes, to have work for nothing", {
    unit: "share",
    min: 0,
    max: 1,
  }).pipe(or(0)),
}

interface Examiner {
  readonly self: string
  readonly params: {
    readonly checkShare: number
    readonly resultCheckUsd: number
    readonly misjudgedShareBelieved: number
    readonly disputeShare: number
  }
  readonly world: World
  readonly rng: (purpose: string) => Rng
}

export interface Examined {
  readonly disputed: ReadonlyArray<number>
  readonly checksUsd: number
}

/** How many rulings its belief is worth. */
const beliefCount = 10

/**
 * Checks a part of what it was handed over, and disputes what it finds wrong when what it expects of the arbiters, as far as it knows them, is worth
 * the bond. A dishonest one disputes good results too, whatever comes of it. It keeps to the dollars that it has.
 */
export const examine = ({ self, params, world, rng }: Examiner): Examined => {
  const { disputes } = world.rules.market
  const delivered = world.deliveries?.get(self)
  if (disputes === undefined || delivered === undefined) return { disputed: [], checksUsd: 0 }
  const { right, wrong } = world.results?.rulings.get(self) ?? noRulings
  const errorShare = (wrong + params.misjudgedShareBelieved * beliefCount) / (right + wrong + beliefCount)
  const feeUsd = world.gas.feeUsd("disputes.open") - world.gas.feeUsd("market.complete")
  let cashUsd = fromMicros(world.ledger.dollar.balanceMicros.get(self) ?? 0n)
  let checksUsd = 0
  const draws = rng("examine")
  const isDisputed = ({ amountMicros, isWrong }: Delivery): boolean => {
    const [isChecked, isFalse] = [draws.chance(params.checkShare), draws.chance(params.disputeShare)]
    const paymentUsd = fromMicros(amountMicros)
    const bondUsd = paymentUsd * disputes.bondShare
    if (isChecked) checksUsd += params.resultCheckUsd
    const isWorth = expectedUsd(paymentUsd, bondUsd, errorShare) > feeUsd
    if (!(isChecked && isWrong ? isWorth : isFalse) || bondUsd > cashUsd) return false
    cashUsd -= bondUsd
    return true
  }
  const disputed = delivered.filter(isDisputed).map(({ slot }) => slot)
  return { disputed, checksUsd }
}

/** What a dispute of a wrong result brings: the payment back, or the bond lost. */
const expectedUsd = (paymentUsd: number, bondUsd: number, errorShare: number): number =>
  (1 - errorShare) * paymentUsd - errorShare * bondUsd
