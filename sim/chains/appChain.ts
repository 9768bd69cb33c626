import { Schema } from "effect"
import { or, quantity } from "../quantity.ts"
import { gweiToWei, MICROS_PER_USD } from "../units.ts"
import { chainKind, stateless } from "./chainKind.ts"

/**
 * A chain of the network's own, as Polygon's CDK makes them: gas in a coin that the network chooses, at a price that it sets, with nobody
 * else in its blocks; sequencer, proofs, data and bridge cost the same every day.
 */
export const appChain = chainKind({
  fields: {
    gasToken: Schema.Literals(["dollar", "token"]).pipe(or("dollar" as const)),
    gasPriceGwei: quantity("Price of gas, in billionths of the gas token", { unit: "gwei", min: 0, max: 1e6 }).pipe(or(1)),
    fixedUsdPerDay: quantity("What running the chain costs the protocol", { unit: "USD per day", min: 0, max: 1e6 }).pipe(or(200)),
  },
  ...stateless,
  prices: ({ gasToken, gasPriceGwei }, _state, { tokenMicros }) => {
    const yoctosPerGas = gweiToWei(gasPriceGwei) * (gasToken === "dollar" ? MICROS_PER_USD : tokenMicros)
    return ({ gasUsed }) => gasUsed * yoctosPerGas
  },
  fixedUsdPerDay: ({ fixedUsdPerDay }) => fixedUsdPerDay,
})
