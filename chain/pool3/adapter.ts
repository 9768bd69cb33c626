import type { Hex } from "viem"
import type { Action, Fact } from "../../sim/protocols/pool3.ts"
import type { Adapter, Adapters, DecodeFact, World } from "../adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { addressWord, bigintAt, signedWord, word } from "../word.ts"
import { deskCall, deskFacts } from "../pool4/calls.ts"
import { managerAbi, poolAbi, routerAbi } from "./artifacts.ts"
import type { Pools3 } from "./installPool3.ts"
import { gainAt, inOrder, sides } from "./coins.ts"

const swap = callOf(routerAbi, "exactInputSingle")
const mint = callOf(managerAbi, "mint")
const increase = callOf(managerAbi, "increaseLiquidity")
const decrease = callOf(managerAbi, "decreaseLiquidity")
const collect = callOf(managerAbi, "collect")
const multicall = callOf(managerAbi, "multicall")

const everything = word(2n ** 128n - 1n)

const poolsOf = ({ extensions }: World): Pools3 => {
  if (extensions.pool3 === undefined) throw new RangeError("the world has no v3 pools")
  return extensions.pool3
}

const known = <A>(pools: ReadonlyMap<string, A>, id: string): A => {
  const found = pools.get(id)
  if (found === undefined) throw new RangeError(`no v3 pool is called ${id}`)
  return found
}

const feeWord = (world: World, id: string): string => word(known(poolsOf(world).pools, id).feePips)

/** The desk of a v4 pool, which does everything. */
const deskOf = (world: World, id: string): Hex | undefined => known(poolsOf(world).pools, id).v4?.desk

const toManager = ({ pool }: Action, world: World): Hex => deskOf(world, pool) ?? poolsOf(world).manager

/** Calls a v4 pool's desk, or what v3 has for it. */
const encodedFor =
  <A extends Action>(v3: Adapter<A>["encode"]): Adapter<A>["encode"] =>
  (action, world, moment) =>
    deskOf(world, action.pool) === undefined ? v3(action, world, moment) : deskCall(action, world)

/** The order names the position; that it is in the pool which the order also names, nobody has checked. */
const ofPosition = (positionId: bigint, world: World, agent: string) => ({
  agent,
  pool: poolsOf(world).poolOf.get(positionId)!,
  positionId,
})

/** A change of liquidity by the manager's events. */
const changed =
  (kind: "pool3.increased" | "pool3.decreased"): DecodeFact<Extract<Action, { readonly positionId: bigint }>> =>
  ({ data }, world, agent, { positionId }) => ({
    kind,
    ...ofPosition(positionId, world, agent),
    liquidity: bigintAt(data, 0),
    ...sides(data, 1, world),
  })

/** By the pool's event: the manager's own says what it asked for, which may be some units more than the pool had to pay. */
const collected: DecodeFact<Extract<Action, { readonly positionId: bigint }>> = ({ data }, world, agent, { positionId }): Fact => ({
  kind: "pool3.collected",
  ...ofPosition(positionId, world, agent),
  ...sides(data, 1, world),
})

/** `multicall` with two calls: each a length in bytes and its data, filled up to whole words. */
const both = (first: Hex, second: Hex): Hex => {
  const calls = [first, second].map((call) => {
    const digits = call.slice(2)
    return `${word(digits.length / 2)}${digits.padEnd(64 * Math.ceil(digits.length / 64), "0")}`
  })
  return multicall(word(32), word(2), word(64), word(64 + calls[0]!.length / 2), ...calls)
}

const collectAll = (positionId: bigint, agentWord: string): Hex => collect(word(positionId), agentWord, everything, everything)

export const adapters: Adapters<Action> = {
  "pool3.swap": {
    to: ({ pool }, world) => deskOf(world, pool) ?? poolsOf(world).router,
    // It may cross both ends of every position, each for 38,000; the rest is for itself and for prices at which nobody stands.
    gas: ({ pool }, world) => 900_000 + 2 * 45_000 * known(poolsOf(world).alive, pool).size,
    encode: encodedFor(({ pool, sell, amountIn, amountOutMin, limitSqrtPriceX96 }, world, { agent, timestampSeconds }) => {
      const { token, dollar } = world.contracts
      const [from, to] = sell === "token" ? [token, dollar] : [dollar, token]
      return swap(
        addressWord(from),
        addressWord(to),
        feeWord(world, pool),
        world.accounts.word(agent),
        word(timestampSeconds),
        word(amountIn),
        word(amountOutMin),
        word(limitSqrtPriceX96),
      )
    }),
    facts: {
      // The pool's gain of each coin; a loss is negative.
      [topicOf(poolAbi, "Swap")]: ({ data }, world, agent, { pool, sell }) => {
        const [token, dollar] = inOrder(world.tokenFirst, 0, 1)
        const [paid, received] = sell === "token" ? [token, dollar] : [dollar, token]
        return { kind: "pool3.swapped", agent, pool, sell, amountIn: gainAt(data, paid), amountOut: -gainAt(data, received) }
      },
      ...deskFacts.swap,
    },
  },
  "pool3.mint": {
    to: toManager,
    gas: 1_000_000,
    encode: encodedFor(({ pool, tickLower, tickUpper, tokenWei, dollarMicros }, world, { agent, timestampSeconds }) => {
      const { token, dollar } = world.contracts
      return mint(
        ...inOrder(world.tokenFirst, addressWord(token), addressWord(dollar)),
        feeWord(world, pool),
        signedWord(tickLower),
        signedWord(tickUpper),
        ...inOrder(world.tokenFirst, word(tokenWei), word(dollarMicros)),
        word(0),
        word(0),
        world.accounts.word(agent),
        word(timestampSeconds),
      )
    }),
    facts: {
      [topicOf(managerAbi, "IncreaseLiquidity")]: ({ topics, data }, world, agent, { pool }) => ({
        kind: "pool3.increased",
        agent,
        pool,
        positionId: BigInt(topics[1]!),
        liquidity: bigintAt(data, 0),
        ...sides(data, 1, world),
      }),
      ...deskFacts.increase,
    },
  },
  "pool3.increase": {
    to: toManager,
    gas: 500_000,
    encode: encodedFor(({ positionId, tokenWei, dollarMicros }, world, { timestampSeconds }) =>
      increase(
        word(positionId),
        ...inOrder(world.tokenFirst, word(tokenWei), word(dollarMicros)),
        word(0),
        word(0),
        word(timestampSeconds),
      ),
    ),
    facts: { [topicOf(managerAbi, "IncreaseLiquidity")]: changed("pool3.increased"), ...deskFacts.increase },
  },
  "pool3.decrease": {
    to: toManager,
    gas: 600_000,
    encode: encodedFor(({ positionId, liquidity }, { accounts }, { agent, timestampSeconds }) =>
      both(
        decrease(word(positionId), word(liquidity), word(0), word(0), word(timestampSeconds)),
        collectAll(positionId, accounts.word(agent)),
      ),
    ),
    facts: {
      [topicOf(managerAbi, "DecreaseLiquidity")]: changed("pool3.decreased"),
      [topicOf(poolAbi, "Collect")]: collected,
      ...deskFacts.decrease,
    },
  },
  "pool3.collect": {
    to: toManager,
    gas: 500_000,
    encode: encodedFor(({ positionId }, { accounts }, { agent }) => collectAll(positionId, accounts.word(agent))),
    facts: { [topicOf(poolAbi, "Collect")]: collected, ...deskFacts.collect },
  },
}
