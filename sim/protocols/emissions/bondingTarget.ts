import { count, or, quantity } from "../../quantity.ts"
import { maxBigint, minBigint, mulDiv, PPB, toPpb } from "../../units.ts"
import { emissionModel } from "../emission.ts"

/**
 * Inflation that looks for the stake which it wants (Livepeer, Minter.setInflation): each epoch it moves up by a fixed step while less than
 * the target share of the supply is bonded, down while more is. 1 ppb is a billionth of the supply an epoch.
 */
export const bondingTarget = emissionModel({
  fields: {
    inflationPpb: count("Inflation before the first epoch moves it", { unit: "ppb per epoch", min: 0, max: 1e7 }),
    changePpb: count("Step by which an epoch moves it", { unit: "ppb per epoch", min: 0, max: 1e6 }),
    targetBondedShare: quantity("Share of the supply that is to be bonded", { unit: "share", min: 0, max: 1 }),
    floorPpb: count("Least inflation", { unit: "ppb per epoch", min: 0, max: 1e7 }).pipe(or(0)),
    ceilingPpb: count("Most inflation", { unit: "ppb per epoch", min: 0, max: 1e7 }).pipe(or(1e7)),
  },
  tokenKeys: [],
  terms: ({ inflationPpb, changePpb, targetBondedShare, floorPpb, ceilingPpb }) => ({
    inflationPpb: BigInt(inflationPpb),
    changePpb: BigInt(changePpb),
    targetPpb: toPpb(targetBondedShare),
    floorPpb: BigInt(floorPpb),
    ceilingPpb: BigInt(ceilingPpb),
  }),
  open: ({ inflationPpb }) => ({ inflationPpb }),
  release: ({ changePpb, targetPpb, floorPpb, ceilingPpb }, state, _epoch, { supplyWei, bondedWei }) => {
    const bondedPpb = supplyWei === 0n ? 0n : mulDiv(bondedWei, PPB, supplyWei)
    const step = bondedPpb < targetPpb ? changePpb : bondedPpb > targetPpb ? -changePpb : 0n
    const inflationPpb = minBigint(maxBigint(state.inflationPpb + step, floorPpb), ceilingPpb)
    return { amountWei: mulDiv(supplyWei, inflationPpb, PPB), state: { inflationPpb } }
  },
})
