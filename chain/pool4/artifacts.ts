import { createRequire } from "node:module"
import { type Hex, isHex, parseAbi } from "viem"
import { LedgerUnavailable } from "../../sim/ledger.ts"

const require = createRequire(import.meta.url)

const path = "@uniswap/v4-core/out/PoolManager.sol/PoolManager.json"

/**
 * Uniswap v4's core as published: its bytecode is read from the package and never copied here. The licence (BUSL-1.1, MIT from 15 June 2027)
 * does not allow production use, so the package is one that nobody must install. Throws `LedgerUnavailable` where it is not there.
 */
export const poolManagerBytecode = (): Hex => {
  const bytecode: unknown = isInstalled() ? require(path).bytecode.object : undefined
  if (isHex(bytecode)) return bytecode
  throw new LedgerUnavailable({
    message:
      "a pool with a hook is of Uniswap v4, whose core has a licence of its own (BUSL-1.1 until 15 June 2027) and is not installed here: " +
      "npm install @uniswap/v4-core@1.0.2, or take the hook out of protocols.pools3",
  })
}

const isInstalled = (): boolean => {
  try {
    return require.resolve(path) !== ""
  } catch {
    return false
  }
}

/** The constructor, and the errors that an order can meet. */
export const poolManagerAbi = parseAbi([
  "constructor(address initialOwner)",
  "error PriceLimitAlreadyExceeded(uint160 sqrtPriceCurrentX96, uint160 sqrtPriceLimitX96)",
  "error PriceLimitOutOfBounds(uint160 sqrtPriceLimitX96)",
  "error SwapAmountCannotBeZero()",
  "error TickLiquidityOverflow(int24 tick)",
  "error TickLowerOutOfBounds(int24 tickLower)",
  "error TickMisaligned(int24 tick, int24 tickSpacing)",
  "error TickUpperOutOfBounds(int24 tickUpper)",
  "error TicksMisordered(int24 tickLower, int24 tickUpper)",
])
