import { quantity } from "../../quantity.ts"
import { toWei } from "../../units.ts"
import { statelessModel } from "../emission.ts"

/** The same amount every epoch. */
export const fixed = statelessModel({
  fields: { tokensPerEpoch: quantity("Emission of every epoch", { unit: "tokens per epoch", min: 0, max: 1e9 }) },
  tokenKeys: ["tokensPerEpoch"],
  terms: ({ tokensPerEpoch }) => ({ amountWei: toWei(tokensPerEpoch) }),
  amountWei: ({ amountWei }) => amountWei,
})
