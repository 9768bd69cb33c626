import type { Action } from "../../sim/protocols/venue.ts"
import type { Adapters, DecodeFact } from "../adapter.ts"
import { outsideVenue } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"

const { abi } = outsideVenue
const post = callOf(abi, "post")
const sellTokens = callOf(abi, "sellTokens")
const buyTokens = callOf(abi, "buyTokens")

const tradedFact =
  (sell: "token" | "dollar"): DecodeFact =>
  ({ topics, data }, { accounts }) => ({
    kind: "venue.traded",
    agent: accounts.idOf(topics[1]!),
    sell,
    tokenWei: bigintAt(data, 0),
    dollarMicros: bigintAt(data, 1),
  })

export const adapters: Adapters<Action> = {
  "venue.post": {
    to: "venue",
    gas: 100_000,
    sender: "operator",
    encode: ({ priceMicros }) => post(word(priceMicros)),
    facts: {
      [topicOf(abi, "Posted")]: ({ data }) => ({ kind: "venue.posted", priceMicros: bigintAt(data, 0) }),
    },
  },
  "venue.trade": {
    to: "venue",
    gas: 250_000,
    encode: ({ sell, tokenWei }) => (sell === "token" ? sellTokens : buyTokens)(word(tokenWei)),
    facts: {
      [topicOf(abi, "Sold")]: tradedFact("token"),
      [topicOf(abi, "Bought")]: tradedFact("dollar"),
    },
  },
}
