import { Schema } from "effect"
import { Id } from "../id.ts"
import { or, quantity } from "../quantity.ts"
import { fromWei } from "../units.ts"

/**
 * Tokens that are set aside for a group and come free with time: one OpenZeppelin `VestingWalletCliff` for each of its agents. At the cliff
 * all that has vested since the start comes free at once.
 */
export const Params = Schema.Struct({
  id: Id,
  beneficiary: Schema.String.annotate({ description: "Group of agents of kind beneficiary that share it equally, or treasury" }),
  tokens: quantity("Tokens of the whole group", { unit: "tokens", min: 0, max: 1e10 }),
  startDay: quantity("Day on which vesting began, before the run if negative", { unit: "days", min: -3_650, max: 3_650 }).pipe(or(0)),
  cliffDays: quantity("Time from the start until the first tokens are free", { unit: "days", min: 0, max: 3_650 }),
  days: quantity("Time from the start until all are free", { unit: "days", min: 0.25, max: 7_300 }),
})
export type Params = typeof Params.Type

/** One wallet. */
export interface Vesting {
  readonly schedule: string
  readonly agent: string
  /** Free and not yet taken. */
  readonly releasableWei: bigint
}

/** By the name of the account that holds the tokens. */
export type View = ReadonlyMap<string, Vesting>

export const noVesting: View = new Map()

export const vestingAccount = (schedule: string, agent: string): string => `vesting.${schedule}.${agent}`

/** Anybody may have a wallet pay out what is free. */
export type Action = { readonly kind: "vesting.release"; readonly wallet: string }

export type Fact = { readonly kind: "vesting.released"; readonly wallet: string; readonly agent: string; readonly amountWei: bigint }

/** What comes free at the cliff, and when it is. */
export const unlock = ({ tokens, startDay, cliffDays, days }: Params): { readonly day: number; readonly tokens: number } => ({
  day: startDay + cliffDays,
  tokens: (tokens * cliffDays) / days,
})

/** Tokens in the wallets that are not free yet. */
export const unvestedTokens = (vesting: View, balanceWei: ReadonlyMap<string, bigint>): number => {
  let wei = 0n
  for (const [account, { releasableWei }] of vesting) wei += (balanceWei.get(account) ?? 0n) - releasableWei
  return fromWei(wei)
}
