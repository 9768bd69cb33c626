/** Money is bigint in the smallest unit; floats meet it here and nowhere else. */

/** Smallest units in one network token (18 decimals). */
export const WEI_PER_TOKEN = 10n ** 18n
/** Smallest units in one dollar (6 decimals, as in USDC). */
export const MICROS_PER_USD = 10n ** 6n

/** What a wei of a coin that is worth a micro-dollar is worth, in micro-dollars: one in 10^18. Gas is priced in such yocto-dollars. */
export const YOCTOS_PER_MICRO = 10n ** 18n

/** Work is counted on chain in thousandths of a reference-GPU hour. */
export const MILLIS_PER_WORK_HOUR = 1000n

export const SECONDS_PER_HOUR = 3600
export const HOURS_PER_DAY = 24
export const SECONDS_PER_DAY = 86_400
export const DAYS_PER_YEAR = 365
export const BPS = 10_000n
export const PPB = 10n ** 9n
/** One, in the 27-digit fixed point of factors that are multiplied many times. */
export const RAY = 10n ** 27n

/** Largest amount a scenario may name; beyond it floats lose whole units of the token. */
export const AMOUNT_MAX = 1e12

/** Tokens (float) to wei, rounded down; nine decimals of the float are kept. Throws on NaN, negative or oversized input. */
export const toWei = (tokens: number): bigint => scaled(tokens, 1e9) * 10n ** 9n

/** Dollars (float) to micro-dollars, rounded down. Throws on NaN, negative or oversized input. */
export const toMicros = (usd: number): bigint => scaled(usd, 1e6)

/** Reference-GPU hours (float) to thousandths, rounded down. */
export const toMillis = (hours: number): bigint => scaled(hours, 1e3)

/** A gas price in gwei (float) to wei, rounded down. */
export const gweiToWei = (gwei: number): bigint => scaled(gwei, 1e9)

/** A whole number (float) as it counts gas or blocks. */
export const toCount = (count: number): bigint => scaled(count, 1)

/** A share in [0, 1] to basis points, rounded to nearest. */
export const toBps = (share: number): bigint => BigInt(Math.round(share * 10_000))

/** A non-negative share or factor to billionths, rounded to nearest. */
export const toPpb = (share: number): bigint => BigInt(Math.round(share * 1e9))

/** A factor in [0, 9] to 27-digit fixed point, rounded to its fifteenth decimal, which is all that a float is sure of. */
export const toRay = (factor: number): bigint => BigInt(Math.round(factor * 1e15)) * 10n ** 12n

/** base^exponent in 27-digit fixed point by squaring, each product rounded down, as the contracts do. */
export const rayPower = (baseRay: bigint, exponent: bigint): bigint => {
  let power = RAY
  for (let [base, left] = [baseRay, exponent]; left > 0n; left >>= 1n, base = (base * base) / RAY)
    if (left & 1n) power = (power * base) / RAY
  return power
}

export const fromWei = (wei: bigint): number => Number(wei) / 1e18
export const fromMicros = (micros: bigint): number => Number(micros) / 1e6
export const fromYoctos = (yoctos: bigint): number => Number(yoctos) / 1e24

/** Yocto-dollars to micro-dollars, rounded up: nobody pays less than is asked. */
export const toMicrosUp = (yoctos: bigint): bigint => (yoctos + YOCTOS_PER_MICRO - 1n) / YOCTOS_PER_MICRO

export const fromMillis = (millis: bigint): number => Number(millis) / 1e3

/** Dollars per token from two raw amounts; 0 when there is no token. */
export const usdPerToken = (micros: bigint, wei: bigint): number => (wei === 0n ? 0 : (Number(micros) / Number(wei)) * 1e12)

/** a * b / c rounded down, on non-negative integers. */
export const mulDiv = (a: bigint, b: bigint, c: bigint): bigint => (a * b) / c

/** Integer square root, rounded down. */
export const sqrtBigint = (n: bigint): bigint => {
  if (n < 0n) throw new Error(`invalid square root of a negative number: ${n}`)
  if (n < 2n) return n
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

export const minBigint = (a: bigint, b: bigint): bigint => (a < b ? a : b)
export const maxBigint = (a: bigint, b: bigint): bigint => (a > b ? a : b)

const scaled = (amount: number, unitsPerOne: number): bigint => {
  if (!(amount >= 0) || amount > AMOUNT_MAX) throw new Error(`invalid amount: ${amount}`)
  return BigInt(Math.floor(amount * unitsPerOne))
}
