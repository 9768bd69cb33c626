import { ln } from "../../maths.ts"

/**
 * Ticks and prices, exactly as v3-core's TickMath has them: a price is the square root of token 1 for one token 0, times 2^96, and tick t
 * stands for 1.0001^t.
 */
export const MIN_TICK = -887_272
export const MAX_TICK = 887_272

/** Prices of the two outermost ticks; a pool's price is at least the lowest and below the highest. */
export const MIN_SQRT_RATIO = 4_295_128_739n
export const MAX_SQRT_RATIO = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n

/** 1.0001^(-2^i / 2) times 2^128, from TickMath. */
const roots = [
  0xfffcb933bd6fad37aa2d162d1a594001n,
  0xfff97272373d413259a46990580e213an,
  0xfff2e50f5f656932ef12357cf3c7fdccn,
  0xffe5caca7e10e4e61c3624eaa0941cd0n,
  0xffcb9843d60f6159c9db58835c926644n,
  0xff973b41fa98c081472e6896dfb254c0n,
  0xff2ea16466c96a3843ec78b326b52861n,
  0xfe5dee046a99a2a811c461f1969c3053n,
  0xfcbe86c7900a88aedcffc83b479aa3a4n,
  0xf987a7253ac413176f2b074cf7815e54n,
  0xf3392b0822b70005940c7a398e4b70f3n,
  0xe7159475a2c29b7443b29c7fa6e889d9n,
  0xd097f3bdfd2022b8845ad8f792aa5825n,
  0xa9f746462d870fdf8a65dc1f90e061e5n,
  0x70d869a156d2a1b890bb3df62baf32f7n,
  0x31be135f97d08fd981231505542fcfa6n,
  0x9aa508b5b7a84e1c677de54f3e99bc9n,
  0x5d6af8dedb81196699c329225ee604n,
  0x2216e584f5fa1ea926041bedfe98n,
  0x48a170391f7dc42444e8fa2n,
]

const LOW_32_BITS = 2n ** 32n - 1n
const MAX_UINT_256 = 2n ** 256n - 1n

/** Rounded up, as in TickMath. */
export const sqrtRatioAtTick = (tick: number): bigint => {
  if (tick < MIN_TICK || tick > MAX_TICK) throw new Error(`invalid tick: ${tick}`)
  let ratio = 1n << 128n
  for (let rest = Math.abs(tick), i = 0; rest > 0; rest = rest >> 1, i++) if ((rest & 1) === 1) ratio = (ratio * roots[i]!) >> 128n
  if (tick > 0) ratio = MAX_UINT_256 / ratio
  return (ratio >> 32n) + ((ratio & LOW_32_BITS) === 0n ? 0n : 1n)
}

const LN_OF_TICK = ln(1.0001)
const ONE = Number(2n ** 96n)

/** The greatest tick whose price is not above this one: guessed by logarithm, then made exact. */
export const tickAtSqrtRatio = (sqrtPriceX96: bigint): number => {
  if (sqrtPriceX96 < MIN_SQRT_RATIO || sqrtPriceX96 >= MAX_SQRT_RATIO) throw new Error(`invalid price: ${sqrtPriceX96}`)
  const guess = Math.floor((2 * ln(Number(sqrtPriceX96) / ONE)) / LN_OF_TICK)
  let tick = Math.min(Math.max(guess, MIN_TICK), MAX_TICK - 1)
  while (sqrtRatioAtTick(tick) > sqrtPriceX96) tick--
  while (sqrtRatioAtTick(tick + 1) <= sqrtPriceX96) tick++
  return tick
}

/** The outermost ticks that a pool's positions can have. */
export const widestTicks = (tickSpacing: number): { readonly tickLower: number; readonly tickUpper: number } => {
  const tickUpper = Math.floor(MAX_TICK / tickSpacing) * tickSpacing
  return { tickLower: -tickUpper, tickUpper }
}

/** The usable tick at or below a tick. */
export const usableTick = (tick: number, tickSpacing: number): number => Math.floor(tick / tickSpacing) * tickSpacing
