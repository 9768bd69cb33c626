import { Schema } from "effect"
import { Id } from "../id.ts"
import { quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const energy = faultKind({
  about: "Electricity is dearer than usual, or cheaper, everywhere or in one region.",
  fields: {
    factor: quantity("What the price of electricity is multiplied by", { unit: "times", min: 0.001, max: 1000 }),
    region: Schema.optionalKey(Id),
  },
  label: ({ factor, region }) => (region === undefined ? `energy x ${factor}` : `energy x ${factor} (${region})`),
  whileOn: ({ factor, region }) => ({ energyFactor: (where) => (region === undefined || where === region ? factor : 1) }),
})
