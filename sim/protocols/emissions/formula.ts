import { Schema } from "effect"
import { FormulaInvalid, parseFormula, textMax } from "../../formula.ts"
import { toWei } from "../../units.ts"
import { statelessModel } from "../emission.ts"
import { amountOfEpoch, amountWei, type Terms } from "./table.ts"

const isAmount = Schema.is(amountOfEpoch)

/** The formula's value in each epoch. Throws `FormulaInvalid` where one is no amount. */
const amounts = (text: string, epochCount: number): ReadonlyArray<number> => {
  const formula = parseFormula(text, ["epoch"])
  return Array.from({ length: epochCount }, (_, epoch) => {
    const tokens = formula(epoch)
    if (!isAmount(tokens)) throw new FormulaInvalid({ message: `gives ${tokens} in epoch ${epoch}, expected 0 to 1e9 tokens`, at: 0 })
    return tokens
  })
}

/** A formula of the epoch, worked out for every epoch of the run when the contracts are made, and stored as a table. */
export const formula = statelessModel({
  fields: {
    tokensPerEpoch: Schema.String.check(Schema.isMaxLength(textMax)).annotate({
      title: `a formula of epoch in at most ${textMax} characters`,
      description: "Emission of an epoch, counted from 0 [tokens per epoch]",
      examples: ["4000 * 0.5 ^ (epoch / 365)"],
    }),
  },
  tokenKeys: [],
  terms: ({ tokensPerEpoch }, epochCount): Terms => ({ amountsWei: amounts(tokensPerEpoch, epochCount).map(toWei) }),
  amountWei,
})
