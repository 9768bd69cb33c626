import type { Hex } from "viem"
import type { Action } from "../../sim/protocols/claims.ts"
import type { Adapters, World } from "../adapter.ts"
import { claimDesk } from "../artifacts.ts"
import { callOf, topicOf } from "../encodeCall.ts"
import { bigintAt, word } from "../word.ts"

const { abi } = claimDesk
const issue = callOf(abi, "issue")
const redeem = callOf(abi, "redeem")

const toDesk = (_: Action, { extensions }: World): Hex => {
  if (extensions.claims === undefined) throw new RangeError("the scenario has no dollar claims")
  return extensions.claims.desk
}

export const adapters: Adapters<Action> = {
  "claims.issue": {
    to: toDesk,
    gas: 300_000,
    encode: ({ amountWei }) => issue(word(amountWei)),
    facts: {
      [topicOf(abi, "Issued")]: ({ topics, data }, { accounts }) => ({
        kind: "claims.issued",
        agent: accounts.idOf(topics[1]!),
        claimMicros: bigintAt(data, 0),
        burnedWei: bigintAt(data, 1),
      }),
    },
  },
  "claims.redeem": {
    to: toDesk,
    gas: 300_000,
    encode: ({ claimMicros }) => redeem(word(claimMicros)),
    facts: {
      [topicOf(abi, "ClaimsRedeemed")]: ({ topics, data }, { accounts }) => ({
        kind: "claims.redeemed",
        agent: accounts.idOf(topics[1]!),
        claimMicros: bigintAt(data, 0),
        mintedWei: bigintAt(data, 1),
      }),
    },
  },
}
