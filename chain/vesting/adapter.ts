import type { Action } from "../../sim/protocols/vesting.ts"
import type { Adapters } from "../adapter.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { addressWord, bigintAt } from "../word.ts"
import { walletAbi } from "./artifacts.ts"

const release = callOf(walletAbi, "release")

export const adapters: Adapters<Action> = {
  "vesting.release": {
    to: ({ wallet }, { extensions }) => {
      if (extensions.vesting === undefined) throw new RangeError(`no vesting wallet is called ${wallet}`)
      return extensions.vesting.walletOf(wallet)
    },
    gas: 200_000,
    encode: (_, { contracts }) => release(addressWord(contracts.token)),
    facts: {
      [topicOf(walletAbi, "ERC20Released")]: ({ data }, _world, _agent, { wallet }) => ({
        kind: "vesting.released",
        wallet,
        agent: wallet.split(".")[2]!,
        amountWei: bigintAt(data, 0),
      }),
    },
  },
}
