import { quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const demand = faultKind({
  about: "Buyers want more jobs than usual, or fewer.",
  fields: { factor: quantity("What the number of jobs is multiplied by", { unit: "times", min: 0.001, max: 1000 }) },
  label: ({ factor }) => `demand x ${factor}`,
  whileOn: ({ factor }) => ({ demandFactor: factor }),
})
