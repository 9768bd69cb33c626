import { Schema } from "effect"
import { quantity } from "../../quantity.ts"
import { toWei } from "../../units.ts"
import { statelessModel } from "../emission.ts"

export interface Terms {
  readonly amountsWei: ReadonlyArray<bigint>
}

/** Enough for 20 years of days, more than once. */
export const amountsMax = 20_000

/** Amounts that are stored one by one; nothing is emitted after the last. */
export const amountWei = ({ amountsWei }: Terms, epoch: number): bigint => amountsWei[epoch] ?? 0n

export const amountOfEpoch = quantity("Emission of one epoch", { unit: "tokens per epoch", min: 0, max: 1e9 })

/** A list of amounts, one an epoch. In a file it can be read from a CSV file beside it. */
export const table = statelessModel({
  fields: {
    tokensPerEpoch: Schema.Array(amountOfEpoch)
      .check(Schema.isMinLength(1), Schema.isMaxLength(amountsMax))
      .annotate({ title: `a list of 1 to ${amountsMax} amounts`, description: "Emission of each epoch [tokens per epoch]" }),
  },
  tokenKeys: ["tokensPerEpoch"],
  terms: ({ tokensPerEpoch }): Terms => ({ amountsWei: tokensPerEpoch.map(toWei) }),
  amountWei,
})
