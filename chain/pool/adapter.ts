import type { Hex } from "viem"
import type { Action, Fact, Side } from "../../sim/protocols/pool.ts"
import type { Adapters, DecodeFact, World } from "../adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { addressWord, bigintAt, word } from "../word.ts"
import { leviedFact } from "../burn/taxFacts.ts"
import { pairAbi, routerAbi } from "./artifacts.ts"

const swap = callOf(routerAbi, "swapExactTokensForTokens")
const swapTaxed = callOf(routerAbi, "swapExactTokensForTokensSupportingFeeOnTransferTokens")
const addLiquidity = callOf(routerAbi, "addLiquidity")
const removeLiquidity = callOf(routerAbi, "removeLiquidity")

/** Where a dynamic array begins in the calldata of a function with five parameters. */
const afterFiveWords = word(5 * 32)

/** A token amount and a dollar amount from the pair's pair of amounts. */
const sides = (data: string, at: number, { tokenFirst }: World) => ({
  tokenWei: bigintAt(data, tokenFirst ? at : at + 1),
  dollarMicros: bigintAt(data, tokenFirst ? at + 1 : at),
})

const swapTopic = topicOf(pairAbi, "Swap")

const swapped = (data: string, world: World, agent: string, sell: Side): Fact => {
  const [paid, received] = [sides(data, 0, world), sides(data, 2, world)]
  return {
    kind: "pool.swapped",
    agent,
    sell,
    amountIn: sell === "token" ? paid.tokenWei : paid.dollarMicros,
    amountOut: sell === "token" ? received.dollarMicros : received.tokenWei,
  }
}

/** Made where a contract trades, in its own name. */
export const swapFact = (sell: Side, account: string): Readonly<Record<Hex, DecodeFact>> => ({
  [swapTopic]: ({ data }, world) => swapped(data, world, account, sell),
})

export const adapters: Adapters<Action> = {
  "pool.swap": {
    to: "router",
    gas: 250_000,
    encode: ({ sell, amountIn, amountOutMin }, { accounts, contracts, extensions }, { agent, timestampSeconds }) => {
      const [from, to] = sell === "token" ? [contracts.token, contracts.dollar] : [contracts.dollar, contracts.token]
      const path = [word(2), addressWord(from), addressWord(to)]
      const swapOf = extensions.tax === undefined ? swap : swapTaxed
      return swapOf(word(amountIn), word(amountOutMin), afterFiveWords, accounts.word(agent), word(timestampSeconds), ...path)
    },
    facts: { ...leviedFact, [swapTopic]: ({ data }, world, agent, { sell }) => swapped(data, world, agent, sell) },
  },
  "pool.addLiquidity": {
    to: "router",
    gas: 350_000,
    encode: ({ tokenWei, dollarMicros }, { accounts, contracts }, { agent, timestampSeconds }) =>
      addLiquidity(
        addressWord(contracts.token),
        addressWord(contracts.dollar),
        word(tokenWei),
        word(dollarMicros),
        word(0),
        word(0),
        accounts.word(agent),
        word(timestampSeconds),
      ),
    facts: {
      ...leviedFact,
      [topicOf(pairAbi, "Mint")]: ({ data }, world, agent) => ({ kind: "pool.liquidityAdded", agent, ...sides(data, 0, world) }),
    },
  },
  "pool.removeLiquidity": {
    to: "router",
    gas: 350_000,
    encode: ({ shares }, { accounts, contracts }, { agent, timestampSeconds }) =>
      removeLiquidity(
        addressWord(contracts.token),
        addressWord(contracts.dollar),
        word(shares),
        word(0),
        word(0),
        accounts.word(agent),
        word(timestampSeconds),
      ),
    facts: {
      ...leviedFact,
      [topicOf(pairAbi, "Burn")]: ({ data }, world, agent) => ({ kind: "pool.liquidityRemoved", agent, ...sides(data, 0, world) }),
    },
  },
}
