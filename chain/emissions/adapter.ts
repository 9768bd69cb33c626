import type { DecodeFact } from "../adapter.ts"
import { emissionController } from "../artifacts.ts"
import { topicOf } from "../encodeCall.ts"
import { bigintAt, numberAt } from "../word.ts"

/** Made by the oracle's orders; nobody orders a release. */
export const releasedFact: Readonly<Record<string, DecodeFact>> = {
  [topicOf(emissionController.abi, "Released")]: ({ data }) => ({
    kind: "emissions.released",
    epoch: numberAt(data, 0),
    amountWei: bigintAt(data, 1),
  }),
}
