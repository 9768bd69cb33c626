import { createRequire } from "node:module"
import { describe, expect } from "vitest"
import { type Abi, type AbiEvent, type AbiParameter, keccak256, zeroAddress } from "viem"
import { amountOut } from "../../sim/protocols/pool.ts"
import { account, deployWorld, genesisSeconds, testOn, TOKEN, USD } from "../contract.fixture.ts"
import { factoryAbi, factoryBytecode, pairAbi, routerAbi } from "./artifacts.ts"

const require = createRequire(import.meta.url)
const now = BigInt(genesisSeconds)

const test = testOn(async (chain) => {
  const world = await deployWorld(chain)
  await world.fund("lp", 10_000n * TOKEN, 10_000n * USD)
  await chain.act("lp", world.pair, "approve", [world.router.address, 2n ** 256n - 1n])
  return world
})

describe("the ABI typed by hand", () => {
  const shape = (parameters: ReadonlyArray<AbiParameter | AbiEvent["inputs"][number]>) =>
    parameters.map((parameter) => [parameter.type, "indexed" in parameter && parameter.indexed])
  const signatures = (abi: Abi) =>
    abi.flatMap((item) => {
      if (item.type === "event") return [JSON.stringify(["event", item.name, shape(item.inputs)])]
      if (item.type === "constructor") return [JSON.stringify(["constructor", shape(item.inputs)])]
      if (item.type !== "function") return []
      return [JSON.stringify(["function", item.name, item.stateMutability, shape(item.inputs), shape(item.outputs)])]
    })

  test.for([
    ["@uniswap/v2-core/build/UniswapV2Factory.json", factoryAbi],
    ["@uniswap/v2-core/build/UniswapV2Pair.json", pairAbi],
    ["@uniswap/v2-periphery/build/UniswapV2Router02.json", routerAbi],
  ] as const)("is a part of %s", ([path, ours]) => {
    const published: Abi = require(path).abi
    expect(signatures(published)).toEqual(expect.arrayContaining(signatures(ours)))
  })
})

test("the factory makes the pair that the router computes", () => {
  const pairBytecode = `0x${require("@uniswap/v2-core/build/UniswapV2Pair.json").evm.bytecode.object}` as const
  // The hash in UniswapV2Library.pairFor of the published router.
  expect(keccak256(pairBytecode)).toBe("0x96e8ac4277198ff8b6f785478aa9a39f403cb768dd02cbee326c3e7da348845f")
  expect(factoryBytecode()).toContain(pairBytecode.slice(2))
})

test("the published pool trades to the wei as sim/ says", async ({ chain, world: { token, dollar, router, pair, balances } }) => {
  const deposit = [token.address, dollar.address, 5_000n * TOKEN, 9_000n * USD, 0n, 0n, account("lp"), now] as const
  await chain.act("lp", router, "addLiquidity", deposit)
  const shares = await chain.read(pair, "balanceOf", [account("lp")])
  expect(await chain.read(pair, "totalSupply", [])).toBe(shares + 1_000n)
  expect(await chain.read(pair, "balanceOf", [zeroAddress])).toBe(1_000n)

  const before = await balances(account("lp"))
  const path = [token.address, dollar.address]
  const outMicros = amountOut(TOKEN, 5_000n * TOKEN, 9_000n * USD)
  expect(await chain.refusal("lp", router, "swapExactTokensForTokens", [TOKEN, outMicros + 1n, path, account("lp"), now])).toBe(
    "Error(UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT)",
  )
  expect(await chain.refusal("lp", router, "swapExactTokensForTokens", [TOKEN, 0n, path, account("lp"), now - 1n])).toBe(
    "Error(UniswapV2Router: EXPIRED)",
  )
  await chain.act("lp", router, "swapExactTokensForTokens", [TOKEN, outMicros, path, account("lp"), now])
  expect(await balances(account("lp"))).toEqual({ tokenWei: before.tokenWei - TOKEN, dollarMicros: before.dollarMicros + outMicros })

  await chain.act("lp", router, "removeLiquidity", [token.address, dollar.address, shares, 0n, 0n, account("lp"), now])
  // The shares that nobody owns keep their part, rounded up.
  const left = await balances(pair.address)
  expect(left.tokenWei).toBe((5_001n * TOKEN * 1_000n) / (shares + 1_000n) + 1n)
  expect(await chain.read(pair, "totalSupply", [])).toBe(1_000n)
})
