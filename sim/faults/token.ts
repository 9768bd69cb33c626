import { quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

/** The outside market revalues the token at once, and takes that back when the fault ends within the run. */
export const token = faultKind({
  fields: { factor: quantity("What the outside price of the token is multiplied by", { unit: "times", min: 0.001, max: 1000 }) },
  label: ({ factor }) => `token x ${factor}`,
  whileOn: ({ factor }) => ({ tokenFactor: factor }),
})
