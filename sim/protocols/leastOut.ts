import { BPS, toBps } from "../units.ts"

/** The least that a trade may bring, so far below what was quoted; rounded down. */
export const leastOut = (quoted: bigint, slippageShare: number): bigint => (quoted * (BPS - toBps(slippageShare))) / BPS
