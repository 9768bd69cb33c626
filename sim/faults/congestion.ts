import { Schema } from "effect"
import { count, or, quantity } from "../quantity.ts"
import { faultKind } from "./fault.ts"

export const congestion = faultKind({
  about:
    "Others fill the chain: gas is dearer where it has a price, and what does not fit into a tick waits for the next one, in its order.",
  fields: {
    gasFactor: quantity("What others would pay for gas, for each unit that they would pay otherwise", {
      unit: "times",
      min: 0.001,
      max: 10_000,
    }).pipe(or(1)),
    ordersPerTickMax: Schema.optionalKey(count("Orders of agents that fit into a tick", { unit: "orders", min: 1, max: 1_000_000 })),
  },
  label: ({ gasFactor, ordersPerTickMax }) =>
    `congestion: ${[gasFactor === 1 ? [] : `gas x ${gasFactor}`, ordersPerTickMax === undefined ? [] : `${ordersPerTickMax} orders a tick`].flat().join(", ")}`,
  whileOn: ({ gasFactor, ordersPerTickMax = Infinity }) => ({ gasFactor, ordersMax: ordersPerTickMax }),
})
