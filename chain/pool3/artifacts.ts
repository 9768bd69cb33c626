import { createRequire } from "node:module"
import { type Hex, isHex, parseAbi } from "viem"

/**
 * Uniswap v3 as published (GPL-2.0-or-later; the core since April 2023): its bytecode is read from the installed packages and never
 * copied here. Only the published pool has the code hash that position manager, router and quoter have built in.
 */
const require = createRequire(import.meta.url)

const bytecodeOf = (path: string): Hex => {
  const bytecode: unknown = require(path).bytecode
  if (!isHex(bytecode)) throw new Error(`${path} holds no bytecode; reinstall the packages with npm ci`)
  return bytecode
}

const periphery = "@uniswap/v3-periphery/artifacts/contracts"
export const factoryBytecode = (): Hex => bytecodeOf("@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json")
export const managerBytecode = (): Hex => bytecodeOf(`${periphery}/NonfungiblePositionManager.sol/NonfungiblePositionManager.json`)
export const routerBytecode = (): Hex => bytecodeOf(`${periphery}/SwapRouter.sol/SwapRouter.json`)
export const quoterBytecode = (): Hex => bytecodeOf(`${periphery}/lens/QuoterV2.sol/QuoterV2.json`)

export const factoryAbi = parseAbi([
  "event PoolCreated(address indexed token0, address indexed token1, uint24 indexed fee, int24 tickSpacing, address pool)",
  "function createPool(address tokenA, address tokenB, uint24 fee) returns (address pool)",
  "function enableFeeAmount(uint24 fee, int24 tickSpacing)",
])

export const poolAbi = parseAbi([
  "event Collect(address indexed owner, address recipient, int24 indexed tickLower, int24 indexed tickUpper, uint128 amount0, uint128 amount1)",
  "event Swap(address indexed sender, address indexed recipient, int256 amount0, int256 amount1, uint160 sqrtPriceX96, uint128 liquidity, int24 tick)",
  "function feeGrowthGlobal0X128() view returns (uint256)",
  "function feeGrowthGlobal1X128() view returns (uint256)",
  "function increaseObservationCardinalityNext(uint16 observationCardinalityNext)",
  "function initialize(uint160 sqrtPriceX96)",
])

/** The constructor's WETH and descriptor may be any address, because neither the native coin nor a token's picture is used. */
export const managerAbi = parseAbi([
  "struct MintParams { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }",
  "struct IncreaseLiquidityParams { uint256 tokenId; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; uint256 deadline; }",
  "struct DecreaseLiquidityParams { uint256 tokenId; uint128 liquidity; uint256 amount0Min; uint256 amount1Min; uint256 deadline; }",
  "struct CollectParams { uint256 tokenId; address recipient; uint128 amount0Max; uint128 amount1Max; }",
  "constructor(address factory, address weth, address descriptor)",
  "event DecreaseLiquidity(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  "event IncreaseLiquidity(uint256 indexed tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function collect(CollectParams params) payable returns (uint256 amount0, uint256 amount1)",
  "function decreaseLiquidity(DecreaseLiquidityParams params) payable returns (uint256 amount0, uint256 amount1)",
  "function increaseLiquidity(IncreaseLiquidityParams params) payable returns (uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function mint(MintParams params) payable returns (uint256 tokenId, uint128 liquidity, uint256 amount0, uint256 amount1)",
  "function multicall(bytes[] data) payable returns (bytes[] results)",
])

export const routerAbi = parseAbi([
  "struct ExactInputSingleParams { address tokenIn; address tokenOut; uint24 fee; address recipient; uint256 deadline; uint256 amountIn; uint256 amountOutMinimum; uint160 sqrtPriceLimitX96; }",
  "constructor(address factory, address weth)",
  "function exactInputSingle(ExactInputSingleParams params) payable returns (uint256 amountOut)",
])

/** Asked with a static call, because it finds out by a swap that it then reverts. */
export const quoterAbi = parseAbi([
  "struct QuoteExactInputSingleParams { address tokenIn; address tokenOut; uint256 amountIn; uint24 fee; uint160 sqrtPriceLimitX96; }",
  "constructor(address factory, address weth)",
  "function quoteExactInputSingle(QuoteExactInputSingleParams params) returns (uint256 amountOut, uint160 sqrtPriceX96After, uint32 initializedTicksCrossed, uint256 gasEstimate)",
])
