import { createRequire } from "node:module"
import { type Abi, type AbiEvent, type AbiParameter, keccak256 } from "viem"
import { expect, test } from "vitest"
import { factoryAbi, factoryBytecode, managerAbi, managerBytecode, poolAbi, quoterAbi, routerAbi } from "./artifacts.ts"

const require = createRequire(import.meta.url)

type Parameter = AbiParameter | AbiEvent["inputs"][number]
const shape = (parameters: ReadonlyArray<Parameter>): ReadonlyArray<unknown> =>
  parameters.map((parameter) => [
    parameter.type,
    "indexed" in parameter && parameter.indexed,
    "components" in parameter ? shape(parameter.components) : [],
  ])
const signatures = (abi: Abi) =>
  abi.flatMap((item) => {
    if (item.type === "event") return [JSON.stringify(["event", item.name, shape(item.inputs)])]
    if (item.type === "constructor") return [JSON.stringify(["constructor", shape(item.inputs)])]
    if (item.type !== "function") return []
    return [JSON.stringify(["function", item.name, item.stateMutability, shape(item.inputs), shape(item.outputs)])]
  })

test.for([
  ["@uniswap/v3-core/artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json", factoryAbi],
  ["@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json", poolAbi],
  ["@uniswap/v3-periphery/artifacts/contracts/NonfungiblePositionManager.sol/NonfungiblePositionManager.json", managerAbi],
  ["@uniswap/v3-periphery/artifacts/contracts/SwapRouter.sol/SwapRouter.json", routerAbi],
  ["@uniswap/v3-periphery/artifacts/contracts/lens/QuoterV2.sol/QuoterV2.json", quoterAbi],
] as const)("the ABI typed by hand is a part of %s", ([path, ours]) => {
  const published: Abi = require(path).abi
  expect(signatures(published)).toEqual(expect.arrayContaining(signatures(ours)))
})

test("the factory makes the pools that the position manager computes", () => {
  const poolBytecode: `0x${string}` = require("@uniswap/v3-core/artifacts/contracts/UniswapV3Pool.sol/UniswapV3Pool.json").bytecode
  // The hash in PoolAddress of the published periphery.
  const hash = "0xe34f199b19b2b4f47f68442619d555527d244f78a3297ea89325f843f87b8b54"
  expect(keccak256(poolBytecode)).toBe(hash)
  expect(managerBytecode()).toContain(hash.slice(2))
  expect(factoryBytecode()).toContain(poolBytecode.slice(2))
})
