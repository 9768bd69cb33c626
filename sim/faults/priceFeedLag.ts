import { quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const priceFeedLag = faultKind({
  about: "Agents see the outside price of the token as it was some time ago; the outside market itself trades at the price of the moment.",
  fields: { lagHours: quantity("Age of the price that agents see", { unit: "hours", min: 0, max: 8_760 }) },
  label: ({ lagHours }) => `prices ${lagHours} h old`,
  whileOn: ({ lagHours }) => ({ lagHours }),
})
