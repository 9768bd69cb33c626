import type { Amounts } from "../protocols/pool3/positionAmounts.ts"
import { WEI_PER_TOKEN } from "../units.ts"

export type { Amounts }

export const nothing: Amounts = { tokenWei: 0n, dollarMicros: 0n }

export const plus = (a: Amounts, b: Amounts): Amounts => ({
  tokenWei: a.tokenWei + b.tokenWei,
  dollarMicros: a.dollarMicros + b.dollarMicros,
})

export const minus = (a: Amounts, b: Amounts): Amounts => ({
  tokenWei: a.tokenWei - b.tokenWei,
  dollarMicros: a.dollarMicros - b.dollarMicros,
})

/** The part `of / whole`, each coin rounded down. */
export const partOf = ({ tokenWei, dollarMicros }: Amounts, of: bigint, whole: bigint): Amounts =>
  whole === 0n ? nothing : { tokenWei: (tokenWei * of) / whole, dollarMicros: (dollarMicros * of) / whole }

/** Worth at a price in micro-dollars for a whole token, in atto-micro-dollars (10^-24 USD): a unit so small that no division is needed. */
export const worthAt = ({ tokenWei, dollarMicros }: Amounts, priceMicros: bigint): bigint =>
  dollarMicros * WEI_PER_TOKEN + tokenWei * priceMicros

/** Atto-micro-dollars to dollars. */
export const toUsd = (worth: bigint): number => Number(worth) / 1e24
