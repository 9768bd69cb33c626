import { createRequire } from "node:module"
import { type Hex, isHex, parseAbi } from "viem"

/** Uniswap v3 as published (GPL-2.0-or-later since April 2023): its bytecode is read from the installed package and never copied here. */
const require = createRequire(import.meta.url)

export const factoryBytecode = (): Hex => {
  const path = "@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json"
  const bytecode: unknown = require(path).bytecode
  if (!isHex(bytecode)) throw new Error(`${path} holds no bytecode; reinstall the packages with npm ci`)
  return bytecode
}

export const factoryAbi = parseAbi([
  "event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)",
  "function createPool(address tokenA, address tokenB, uint24 fee) returns (address pool)",
  "function enableFeeAmount(uint24 fee, int24 tickSpacing)",
])

export const poolAbi = parseAbi([
  "event Burn(address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Mint(address sender, address indexed owner, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount, uint256 amount0, uint256 amount1)",
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  "function feeGrowthGlobal0X128() view returns (uint256)",
  "function feeGrowthGlobal1X128() view returns (uint256)",
  "function initialize(uint160 sqrtPriceX96)",
])
