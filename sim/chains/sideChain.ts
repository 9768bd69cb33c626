import { chargedGas } from "../fees/calldataGas.ts"
import { coinFields, coinMicros, stepCoin } from "../markets/coin.ts"
import { type BlockRules, CongestionParams, openGasMarket, stepGasMarket } from "../markets/congestion.ts"
import { or } from "../quantity.ts"
import { HOURS_PER_DAY } from "../units.ts"
import { chainKind, tipField, tipOn } from "./chainKind.ts"

/** Polygon PoS: denominator since Bhilai (PIP-58), gas limit since 2025 (PIP-71). */
const blockRules: BlockRules = { elasticity: 2n, changeDenominator: 64n, gasLimit: 60_000_000n, blockSeconds: 2 }

/** A chain with validators and a coin of its own, as Polygon PoS. Validators take no bid below 25 gwei. */
export const sideChain = chainKind({
  fields: { ...coinFields(0.2), gas: CongestionParams(30).pipe(or({})), ...tipField(25) },
  open: ({ gas }) => ({ market: openGasMarket(gas), coinLogFactor: 0 }),
  step: (params, { market, coinLogFactor }, { now, ownGas, rng }) => ({
    market: stepGasMarket(params.gas, blockRules, market, now, ownGas, rng("congestion/sideChain")),
    coinLogFactor: stepCoin(params, coinLogFactor, now.hours / HOURS_PER_DAY, rng("coin/sideChain")),
  }),
  prices: (params, { market, coinLogFactor }) => {
    const micros = coinMicros(params, coinLogFactor)
    return (meter, tipWei) => chargedGas(meter) * (market.baseFeeWei + tipOn(params.tipGwei, tipWei)) * micros
  },
})
