import type { Hex } from "viem"
import type { DecodeFact } from "../adapter.ts"
import { taxDesk, taxedToken, tokenStaking } from "../artifacts.ts"
import { topicOf } from "../encodeCall.ts"
import { addressWord, bigintAt } from "../word.ts"

/** Made by whatever moves taxed tokens into the main pool, or out of it. */
export const leviedFact: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(taxedToken.abi, "Taxed")]: ({ topics, data }, { contracts }, agent) => ({
    kind: "tax.levied",
    agent,
    sell: topics[2] === `0x${addressWord(contracts.pair)}` ? "token" : "dollar",
    amountWei: bigintAt(data, 0),
  }),
}

/** Made when the engine splits the tax. */
export const splitFacts: Readonly<Record<Hex, DecodeFact>> = {
  [topicOf(tokenStaking.abi, "Given")]: ({ data }) => ({ kind: "staking.given", amountWei: bigintAt(data, 0) }),
  [topicOf(taxDesk.abi, "Split")]: ({ data }) => ({
    kind: "tax.split",
    burnedWei: bigintAt(data, 0),
    treasuryWei: bigintAt(data, 1),
    stakersWei: bigintAt(data, 2),
  }),
}
