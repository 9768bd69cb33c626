import { chargedGas } from "../fees/calldataGas.ts"
import { Params as Ethereum } from "../markets/ethereum.ts"
import { or } from "../quantity.ts"
import { chainKind, stateless, tipOn } from "./chainKind.ts"

/** Contracts on Ethereum itself: base fee and tip for every unit of gas, and no less than the floor for calldata. */
export const l1 = chainKind({
  fields: { ethereum: Ethereum.pipe(or({})) },
  ...stateless,
  prices: (params, _state, { ethereum }) => {
    const { tipGwei } = params.ethereum
    return (meter, tipWei) => chargedGas(meter) * (ethereum.gas.baseFeeWei + tipOn(tipGwei, tipWei)) * ethereum.coinMicros
  },
})
