import type { Hex } from "viem"
import type { Action, Fact } from "../../sim/protocols/pool3.ts"
import type { DecodeFact, World } from "../adapter.ts"
import { pool4Desk } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { gainAt, inOrder, sides } from "../pool3/coins.ts"
import { bigintAt, signedWord, word } from "../word.ts"

const { abi } = pool4Desk
const swap = callOf(abi, "swap")
const mint = callOf(abi, "mint")
const increase = callOf(abi, "increase")
const decrease = callOf(abi, "decrease")
const collect = callOf(abi, "collect")

/** What the desk of a v4 pool is asked to do; it acts for whoever calls it. */
export const deskCall = (action: Action, { tokenFirst }: World): Hex => {
  const coins = (tokenWei: bigint, dollarMicros: bigint) => inOrder(tokenFirst, word(tokenWei), word(dollarMicros))
  switch (action.kind) {
    case "pool3.swap": {
      const zeroForOne = (action.sell === "token") === tokenFirst
      return swap(word(zeroForOne ? 1 : 0), word(action.amountIn), word(action.amountOutMin), word(action.limitSqrtPriceX96))
    }
    case "pool3.mint":
      return mint(signedWord(action.tickLower), signedWord(action.tickUpper), ...coins(action.tokenWei, action.dollarMicros))
    case "pool3.increase":
      return increase(word(action.positionId), ...coins(action.tokenWei, action.dollarMicros))
    case "pool3.decrease":
      return decrease(word(action.positionId), word(action.liquidity))
    case "pool3.collect":
      return collect(word(action.positionId))
  }
}

const swapped: DecodeFact<Extract<Action, { readonly kind: "pool3.swap" }>> = ({ data }, { tokenFirst }, agent, { pool, sell }) => {
  const [token, dollar] = inOrder(tokenFirst, gainAt(data, 0), gainAt(data, 1))
  const [paid, received] = sell === "token" ? [token, dollar] : [dollar, token]
  return { kind: "pool3.swapped", agent, pool, sell, amountIn: -paid, amountOut: received }
}

const changed =
  (kind: "pool3.increased" | "pool3.decreased"): DecodeFact<Action> =>
  ({ topics, data }, world, agent, { pool }): Fact => ({
    kind,
    agent,
    pool,
    positionId: BigInt(topics[1]!),
    liquidity: bigintAt(data, 0),
    ...sides(data, 1, world),
  })

const collected: DecodeFact<Action> = ({ topics, data }, world, agent, { pool }): Fact => ({
  kind: "pool3.collected",
  agent,
  pool,
  positionId: BigInt(topics[1]!),
  ...sides(data, 0, world),
})

/** The desk's events; every change of a position pays out what it has earned. */
export const deskFacts = {
  swap: { [topicOf(abi, "Swapped")]: swapped },
  increase: { [topicOf(abi, "Increased")]: changed("pool3.increased"), [topicOf(abi, "Collected")]: collected },
  decrease: { [topicOf(abi, "Decreased")]: changed("pool3.decreased"), [topicOf(abi, "Collected")]: collected },
  collect: { [topicOf(abi, "Collected")]: collected },
}
