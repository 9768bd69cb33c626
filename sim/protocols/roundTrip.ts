import { sqrtBigint } from "../units.ts"
import type { Reserves } from "./splitRoute.ts"

/**
 * The most profitable amount to sell into one v2 pool and, with what it pays, back through a second one; 0 inside the fee band.
 * `second` is seen from the coin that the first pool pays.
 */
export const roundTrip = (first: Reserves, second: Reserves): bigint => {
  const ins = first.reserveIn * second.reserveIn
  const outs = first.reserveOut * second.reserveOut
  const gain = 997n * sqrtBigint(ins * outs) - 1000n * ins
  return gain > 0n ? (gain * 1000n) / (997n * (1000n * second.reserveIn + 997n * first.reserveOut)) : 0n
}
