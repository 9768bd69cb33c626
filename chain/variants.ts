import { encodeDeployData, type Hex } from "viem"
import type { Genesis } from "../sim/ledger.ts"
import { addressOf } from "./accounts.ts"
import * as artifacts from "./artifacts.ts"

/** Addresses that the core contracts know each other by. */
export interface Seats {
  readonly token: Hex
  readonly dollar: Hex
  readonly pair: Hex
  readonly router: Hex
  readonly venue: Hex
  readonly treasury: Hex
}

/** The contract in the burn engine's place. */
export const burnCreation = ({ burn }: Genesis, { token, dollar, pair, router, venue, treasury }: Seats): Hex => {
  if (burn.lockSecondsMax !== undefined)
    return encodeDeployData({ ...artifacts.voteLock, args: [token, dollar, BigInt(burn.lockSecondsMax)] })
  const limits = [BigInt(burn.spendBpsMax), BigInt(burn.premiumBpsMax), BigInt(burn.keepBps)] as const
  return encodeDeployData({ ...artifacts.burnEngine, args: [token, dollar, pair, router, venue, treasury, ...limits] })
}

/** The stakers' contract, where the genesis has one. */
export const stakingCreation = (
  { staking }: Genesis,
  { token, dollar }: Seats,
  { registry, emissions, rewards }: { readonly registry: Hex; readonly emissions: Hex; readonly rewards: Hex },
): ReadonlyArray<Hex> => {
  if (staking === undefined) return []
  const { emissionBps, feeBps, unbondingSeconds } = staking
  const terms = {
    distributor: rewards,
    treasury: addressOf("treasury"),
    emissionBps: BigInt(emissionBps),
    feeBps: BigInt(feeBps),
    unbondingSeconds: BigInt(unbondingSeconds),
  }
  return [encodeDeployData({ ...artifacts.tokenStaking, args: [token, dollar, registry, emissions, terms] })]
}
