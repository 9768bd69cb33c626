import { quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const token = faultKind({
  about: "The outside market revalues the token at once, and takes that back when the fault ends within the run.",
  fields: { factor: quantity("What the outside price of the token is multiplied by", { unit: "times", min: 0.001, max: 1000 }) },
  label: ({ factor }) => `token x ${factor}`,
  whileOn: ({ factor }) => ({ tokenFactor: factor }),
})
