import type { LedgerView } from "../sim/ledger.ts"
import type { Member, Params } from "../sim/protocols/kyc.ts"
import { toMicros, toWei } from "../sim/units.ts"
import type { World } from "../sim/world.ts"
import { calmWorld } from "./stage.fixture.ts"

export const rules: Params = {
  tokens: 200_000,
  usd: 100_000,
  checkUsd: 25,
  checkDays: 2,
  monitoringUsdPerYear: 12,
  programmeUsdPerYear: 1_200,
  jurisdictions: [
    { id: "us", country: 840, share: 0.75 },
    { id: "eu", country: 276, share: 0.25 },
  ],
  transferableFromDay: 0,
}

export const member = (changes: Partial<Member> = {}): Member => ({
  balanceWei: 0n,
  requestedAtSeconds: 1,
  country: 276,
  isVerified: true,
  isFrozen: false,
  ...changes,
})

interface Scene {
  readonly rules?: Partial<Params>
  readonly kyc?: Partial<LedgerView["kyc"]>
  readonly members?: Readonly<Record<string, Member>>
  readonly heldTokens?: number
  readonly heldUsd?: number
  readonly day?: number
  readonly pending?: World["pending"]
}

/** The calm world with a gated pool of a fifth of its depth at the same price, unless a scene says otherwise. */
export const gatedWorld = ({ rules: own, kyc, members = {}, heldTokens = 0, heldUsd = 0, day = 20, pending = [] }: Scene = {}): World => {
  const world = calmWorld({
    tick: day * 4 + 1,
    pending,
    ledger: {
      token: { supplyWei: 0n, balanceWei: new Map([["agent-1", toWei(heldTokens)]]) },
      dollar: { supplyMicros: 0n, balanceMicros: new Map([["agent-1", toMicros(heldUsd)]]) },
      kyc: {
        supplyWei: toWei(200_000),
        isPaused: false,
        tokenReserveWei: toWei(200_000),
        dollarReserveMicros: toMicros(100_000),
        members: new Map(Object.entries(members)),
        ...kyc,
      },
    },
  })
  return { ...world, rules: { ...world.rules, kyc: { ...rules, ...own } } }
}
