import { createRequire } from "node:module"
import { type Hex, isHex, parseAbi } from "viem"

/**
 * Uniswap v2 as published (GPL-3.0-or-later): its bytecode is read from the installed packages and never copied here.
 * Only the published build gives the pair code hash that the router has built in; a recompiled pair would not be found.
 */
const require = createRequire(import.meta.url)

const bytecodeOf = (path: string): Hex => {
  const bytecode: unknown = require(path).evm.bytecode.object
  const hex = `0x${String(bytecode)}`
  if (!isHex(hex) || hex.length === 2) throw new Error(`${path} holds no bytecode; reinstall the packages with npm ci`)
  return hex
}

export const factoryBytecode = (): Hex => bytecodeOf("@uniswap/v2-core/build/UniswapV2Factory.json")
export const routerBytecode = (): Hex => bytecodeOf("@uniswap/v2-periphery/build/UniswapV2Router02.json")

export const factoryAbi = parseAbi([
  "constructor(address feeToSetter)",
  "event PairCreated(address indexed token0, address indexed token1, address pair, uint256 pairCount)",
  "function createPair(address tokenA, address tokenB) returns (address pair)",
  "function getPair(address tokenA, address tokenB) view returns (address pair)",
])

export const pairAbi = parseAbi([
  "event Approval(address indexed owner, address indexed spender, uint256 value)",
  "event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to)",
  "event Mint(address indexed sender, uint256 amount0, uint256 amount1)",
  "event Swap(address indexed sender, uint256 amount0In, uint256 amount1In, uint256 amount0Out, uint256 amount1Out, address indexed to)",
  "event Sync(uint112 reserve0, uint112 reserve1)",
  "event Transfer(address indexed from, address indexed to, uint256 value)",
  "function approve(address spender, uint256 value) returns (bool)",
  "function balanceOf(address owner) view returns (uint256)",
  "function getReserves() view returns (uint112 reserve0, uint112 reserve1, uint32 timestamp)",
  "function token0() view returns (address)",
  "function totalSupply() view returns (uint256)",
  "function transfer(address to, uint256 value) returns (bool)",
])

/** The constructor's WETH may be any address, because no function of the native coin is used. */
export const routerAbi = parseAbi([
  "constructor(address factory, address weth)",
  "function addLiquidity(address tokenA, address tokenB, uint256 amountADesired, uint256 amountBDesired, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline) returns (uint256 amountA, uint256 amountB, uint256 liquidity)",
  "function removeLiquidity(address tokenA, address tokenB, uint256 liquidity, uint256 amountAMin, uint256 amountBMin, address to, uint256 deadline) returns (uint256 amountA, uint256 amountB)",
  "function swapExactTokensForTokensSupportingFeeOnTransferTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline)",
  "function swapExactTokensForTokens(uint256 amountIn, uint256 amountOutMin, address[] path, address to, uint256 deadline) returns (uint256[] amounts)",
])
