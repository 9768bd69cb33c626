import { count, quantity } from "../../quantity.ts"
import { minBigint, toWei } from "../../units.ts"
import { statelessModel } from "../emission.ts"

/**
 * A schedule that halves, plus what was burned since the epoch before, up to a cap (Helium, HIP-20): burning then moves tokens from those
 * who burn to those who earn, and shrinks the supply only beyond the cap.
 */
export const netEmissionsCap = statelessModel({
  fields: {
    tokensPerEpoch: quantity("Scheduled emission before the first halving", { unit: "tokens per epoch", min: 0, max: 1e9 }),
    halvingEpochs: count("Epochs from one halving to the next", { unit: "epochs", min: 1, max: 1e6 }),
    capTokensPerEpoch: quantity("Most that is minted again of what was burned", { unit: "tokens per epoch", min: 0, max: 1e9 }),
  },
  tokenKeys: ["tokensPerEpoch", "capTokensPerEpoch"],
  terms: ({ tokensPerEpoch, halvingEpochs, capTokensPerEpoch }) => ({
    firstWei: toWei(tokensPerEpoch),
    halvingEpochs: BigInt(halvingEpochs),
    capWei: toWei(capTokensPerEpoch),
  }),
  amountWei: ({ firstWei, halvingEpochs, capWei }, epoch, { burnedWei }) =>
    (firstWei >> (BigInt(epoch) / halvingEpochs)) + minBigint(burnedWei, capWei),
})
