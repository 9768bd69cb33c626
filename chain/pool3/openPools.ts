import { Effect, type Scope } from "effect"
import { encodeDeployData, encodeFunctionData, getContractAddress, type Hex, type Log, parseEventLogs } from "viem"
import { LedgerDiverged, type LedgerError, LedgerUnavailable } from "../../sim/ledger.ts"
import { addressOf } from "../accounts.ts"
import { anvil } from "../anvil.ts"
import { networkToken, swapCaller } from "../artifacts.ts"
import { type Rpc, rpc } from "../rpc.ts"
import { batch, type Chain, openChain, type Outcome, results } from "../settleBlock.ts"
import { factoryAbi, factoryBytecode, poolAbi } from "./artifacts.ts"

/** A Uniswap v3 pool before the first trade. Prices are token 1 for one token 0, as square roots times 2^96. */
export interface PoolTerms {
  /** Millionths of the amount paid in. */
  readonly fee: number
  readonly tickSpacing: number
  readonly sqrtPriceX96: bigint
  readonly positions: ReadonlyArray<Position>
}

export interface Position {
  readonly tickLower: number
  readonly tickUpper: number
  readonly liquidity: bigint
}

export interface Swap {
  readonly zeroForOne: boolean
  /** Paid in when positive, wanted out when negative. */
  readonly amountSpecified: bigint
  /** Where the trade stops short; without one it goes as far as there are prices. */
  readonly sqrtPriceLimitX96?: bigint
}

/** What a trade did to the pool: amounts that it received are positive. */
export interface Swapped {
  readonly amount0: bigint
  readonly amount1: bigint
  readonly sqrtPriceX96: bigint
  readonly tick: number
  readonly feeGrowthGlobal0X128: bigint
  readonly feeGrowthGlobal1X128: bigint
}

export interface Pool {
  /** The pool's reason instead, when it refuses. */
  readonly swap: (swap: Swap) => Effect.Effect<Swapped | string, LedgerError>
}

/**
 * Real Uniswap v3 pools for the published vectors of swaps, which have fees, spacings, prices and exact amounts out that no scenario has: each
 * between two tokens of its own, on an Anvil that lasts as long as the scope.
 */
export const openPools: Effect.Effect<(terms: PoolTerms) => Effect.Effect<Pool, LedgerError>, LedgerError, Scope.Scope> = Effect.gen(
  function* () {
    const { port } = yield* anvil(openingSeconds - 1)
    const client = yield* rpc(port)
    const site = yield* attempt(() => prepare(client))
    return (terms) => attempt(() => openPool(site, terms))
  },
)

const openingSeconds = 1_600_000_000
const operator = addressOf("operator")
/** More than a trade over all ticks of the widest spacing needs. */
const gasLimit = 90_000_000
/** More than any position can cost, less than the token's votes can count. */
const supplyUnits = 2n ** 200n
/** TickMath.MIN_SQRT_RATIO and MAX_SQRT_RATIO of v3-core, one unit inside. */
const lowestLimit = 4_295_128_739n + 1n
const highestLimit = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342n - 1n

interface Site {
  /** Executes one transaction of the operator in a block. */
  readonly send: (to: Hex | undefined, data: Hex) => Promise<Outcome>
  readonly read: (to: Hex, data: Hex) => Promise<bigint>
  /** Where the operator's next contract will be. */
  readonly nextAddress: () => Hex
  readonly factory: Hex
  readonly caller: Hex
  /** Spacing of each fee that the factory allows. */
  readonly spacings: Map<number, number>
}

const prepare = async (client: Rpc): Promise<Site> => {
  results(await client.post(batch([["anvil_setBalance", `["${operator}","0x${(2n ** 128n).toString(16)}"]`]])))
  const chain = await openChain(client)
  let nonce = 0n
  const nextAddress = () => getContractAddress({ from: operator, nonce })
  const send = (to: Hex | undefined, data: Hex) => {
    nonce++
    return settleOne(chain, to, data)
  }
  const deploy = async (data: Hex) => {
    const address = nextAddress()
    expectOk(await send(undefined, data))
    return address
  }
  return {
    send,
    read: async (to, data) =>
      BigInt(results(await client.post(batch([["eth_call", `[{"to":"${to}","data":"${data}"},"latest"]`]])))[0] as Hex),
    nextAddress,
    factory: await deploy(factoryBytecode()),
    caller: await deploy(swapCaller.bytecode),
    spacings: new Map([
      [500, 10],
      [3_000, 60],
      [10_000, 200],
    ]),
  }
}

const settleOne = async (chain: Chain, to: Hex | undefined, data: Hex): Promise<Outcome> => {
  let outcome: Outcome | undefined
  const transaction = { from: operator, ...(to === undefined ? {} : { to }), data, gas: gasLimit, tipWei: 0n }
  await chain.settle([{ transactions: () => [transaction], onBlock: ({ outcomes }) => (outcome = outcomes[0]) }], openingSeconds)
  return outcome!
}

const openPool = async ({ send, read, nextAddress, factory, caller, spacings }: Site, terms: PoolTerms): Promise<Pool> => {
  const tokens: Array<Hex> = []
  for (const _ of [0, 1]) {
    tokens.push(nextAddress())
    expectOk(await send(undefined, encodeDeployData({ ...networkToken, args: [operator, caller, supplyUnits] })))
  }
  if (!spacings.has(terms.fee)) {
    expectOk(
      await send(factory, encodeFunctionData({ abi: factoryAbi, functionName: "enableFeeAmount", args: [terms.fee, terms.tickSpacing] })),
    )
    spacings.set(terms.fee, terms.tickSpacing)
  }
  const created = await send(
    factory,
    encodeFunctionData({ abi: factoryAbi, functionName: "createPool", args: [tokens[0]!, tokens[1]!, terms.fee] }),
  )
  const { pool, tickSpacing } = createdBy(expectOk(created))
  if (tickSpacing !== terms.tickSpacing)
    throw new LedgerDiverged({ message: `fee ${terms.fee} has tick spacing ${tickSpacing} and not ${terms.tickSpacing}` })
  expectOk(await send(pool, encodeFunctionData({ abi: poolAbi, functionName: "initialize", args: [terms.sqrtPriceX96] })))

  for (const { tickLower, tickUpper, liquidity } of terms.positions)
    expectOk(
      await send(caller, encodeFunctionData({ abi: swapCaller.abi, functionName: "mint", args: [pool, tickLower, tickUpper, liquidity] })),
    )

  return {
    swap: ({ zeroForOne, amountSpecified, sqrtPriceLimitX96 = zeroForOne ? lowestLimit : highestLimit }) =>
      attempt(async () => {
        const args = [pool, zeroForOne, amountSpecified, sqrtPriceLimitX96] as const
        const outcome = await send(caller, encodeFunctionData({ abi: swapCaller.abi, functionName: "swap", args }))
        if (outcome.status === "reverted") return outcome.reason
        const { amount0, amount1, sqrtPriceX96, tick } = swappedBy(outcome)
        const growth = (functionName: "feeGrowthGlobal0X128" | "feeGrowthGlobal1X128") =>
          read(pool, encodeFunctionData({ abi: poolAbi, functionName }))
        const feeGrowthGlobal0X128 = await growth("feeGrowthGlobal0X128")
        return { amount0, amount1, sqrtPriceX96, tick, feeGrowthGlobal0X128, feeGrowthGlobal1X128: await growth("feeGrowthGlobal1X128") }
      }),
  }
}

/** The arguments of the one event that was looked for. */
const only = <A>(events: ReadonlyArray<{ readonly args: A }>): A => {
  const [event] = events
  if (event === undefined) throw new LedgerDiverged({ message: "the pool did not say what it did" })
  return event.args
}

/** viem asks for a log's place in the chain too, and does not read it. */
const logsOf = (outcome: Outcome): Array<Log> => outcome.logs as never

const createdBy = (outcome: Outcome) => only(parseEventLogs({ abi: factoryAbi, eventName: "PoolCreated", logs: logsOf(outcome) }))
const swappedBy = (outcome: Outcome) => only(parseEventLogs({ abi: poolAbi, eventName: "Swap", logs: logsOf(outcome) }))

const expectOk = (outcome: Outcome): Outcome => {
  if (outcome.status === "reverted") throw new LedgerDiverged({ message: `setting up a pool failed: ${outcome.reason}` })
  return outcome
}

const attempt = <A>(work: () => Promise<A>): Effect.Effect<A, LedgerError> =>
  Effect.tryPromise({
    try: work,
    catch: (error) =>
      error instanceof LedgerUnavailable || error instanceof LedgerDiverged ? error : new LedgerDiverged({ message: String(error) }),
  })
