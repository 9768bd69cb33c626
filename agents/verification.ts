import { Schema } from "effect"
import type { Action } from "../sim/ledger.ts"
import { isDelisted, jurisdictionAt, type Member, PAYMENT_DAYS } from "../sim/protocols/kyc.ts"
import { or, quantity } from "../sim/quantity.ts"
import type { Rng } from "../sim/rng.ts"
import type { Scenario } from "../sim/scenario.ts"
import type { World } from "../sim/world.ts"
import { payFromPocket } from "./payFromPocket.ts"

/** Parameters of those who may be verified. */
export const verificationFields = {
  jurisdiction: Schema.String.annotate({
    description: "One of protocols.kyc.jurisdictions, or drawn: each agent draws its own by their shares",
  }).pipe(or("drawn")),
  checkCostFactor: quantity("What being and staying verified costs it, against protocols.kyc: a firm's check costs more than a person's", {
    unit: "times",
    min: 0,
    max: 100_000,
  }).pipe(or(1)),
}

interface VerificationParams {
  readonly jurisdiction: string
  readonly checkCostFactor: number
}

/** Where it lives, and when the next payment for staying verified is due. */
export interface Standing {
  readonly country: number
  readonly dueDay: number | undefined
}

/** A name that the scenario does not know is refused before a run. */
export const openStanding = (
  { jurisdiction }: VerificationParams,
  { kyc }: Scenario["protocols"],
  rng: (purpose: string) => Rng,
): Standing => {
  const own = kyc && (kyc.jurisdictions.find(({ id }) => id === jurisdiction) ?? jurisdictionAt(kyc, rng("jurisdiction").uniform()))
  return { country: own?.country ?? 0, dueDay: undefined }
}

const unknownMember: Member = { balanceWei: 0n, requestedAtSeconds: 0, country: 0, isVerified: false, isFrozen: false }

export const memberOf = (self: string, { ledger }: World): Member => ledger.kyc.members.get(self) ?? unknownMember

/** Whether it can trade the twin now. */
export const canTrade = (self: string, world: World): boolean => {
  const { isVerified, isFrozen } = memberOf(self, world)
  return isVerified && !isFrozen && !world.ledger.kyc.isPaused
}

/** Asks to be verified, where it wants to and there is a point in asking, and pays for staying verified. */
export const keepVerified = (
  self: string,
  standing: Standing,
  wants: boolean,
  { checkCostFactor }: VerificationParams,
  world: World,
): { readonly standing: Standing; readonly actions: ReadonlyArray<Action> } => {
  const { kyc } = world.rules
  if (kyc === undefined) return { standing, actions: [] }
  const { requestedAtSeconds, isVerified } = memberOf(self, world)
  const { day } = world.now
  if (requestedAtSeconds === 0 && wants && !isDelisted(kyc, standing.country, day))
    return {
      standing,
      actions: [...payFromPocket(kyc.checkUsd * checkCostFactor, "compliance"), { kind: "kyc.request", country: standing.country }],
    }
  if (!isVerified || day < (standing.dueDay ?? 0)) return { standing, actions: [] }
  const part = (kyc.monitoringUsdPerYear * checkCostFactor) / 12
  return { standing: { ...standing, dueDay: (standing.dueDay ?? day) + PAYMENT_DAYS }, actions: payFromPocket(part, "compliance") }
}

/** What a year of being verified costs it, the first year's check included. */
export const firstYearUsd = ({ checkCostFactor }: VerificationParams, { kyc }: Scenario["protocols"]): number =>
  kyc === undefined ? 0 : (kyc.checkUsd + kyc.monitoringUsdPerYear) * checkCostFactor
