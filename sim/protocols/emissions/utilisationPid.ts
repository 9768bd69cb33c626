import { or, quantity } from "../../quantity.ts"
import { maxBigint, minBigint, PPB, toPpb, toWei } from "../../units.ts"
import { emissionModel } from "../emission.ts"

/**
 * A PID controller on utilisation, the verified work of an epoch over the capacity that is registered: above the target capacity is scarce
 * and pays more, below it is idle and pays less. All in billionths; every division rounds toward 0. While the amount is at one of its
 * bounds the sum of errors stands still, so that it does not wind up. Without capacity there is no error.
 */
export const utilisationPid = emissionModel({
  fields: {
    tokensPerEpoch: quantity("Emission while utilisation is on target", { unit: "tokens per epoch", min: 0, max: 1e9 }),
    targetShare: quantity("Utilisation that is wanted", { unit: "share", min: 0, max: 1 }),
    proportional: quantity("Change of the emission for an error of 1", { unit: "shares of tokensPerEpoch", min: 0, max: 100 }),
    integral: quantity("Change of the emission for a sum of errors of 1", { unit: "shares of tokensPerEpoch", min: 0, max: 100 }).pipe(
      or(0),
    ),
    derivative: quantity("Change of the emission for an error that grew by 1", {
      unit: "shares of tokensPerEpoch",
      min: 0,
      max: 100,
    }).pipe(or(0)),
    minTokensPerEpoch: quantity("Least emission", { unit: "tokens per epoch", min: 0, max: 1e9 }),
    maxTokensPerEpoch: quantity("Most emission", { unit: "tokens per epoch", min: 0, max: 1e9 }),
    workHoursPerGpuHour: quantity("Verified work of a registered GPU in full use", {
      unit: "work hours per GPU hour",
      min: 0.001,
      max: 1_000,
    }).pipe(or(1)),
  },
  tokenKeys: ["tokensPerEpoch", "minTokensPerEpoch", "maxTokensPerEpoch"],
  terms: (params) => ({
    baseWei: toWei(params.tokensPerEpoch),
    targetPpb: toPpb(params.targetShare),
    proportionalPpb: toPpb(params.proportional),
    integralPpb: toPpb(params.integral),
    derivativePpb: toPpb(params.derivative),
    minWei: toWei(params.minTokensPerEpoch),
    maxWei: toWei(params.maxTokensPerEpoch),
    ratingPpb: toPpb(params.workHoursPerGpuHour),
  }),
  open: () => ({ sumPpb: 0n, lastPpb: 0n, isRunning: false }),
  release: (terms, state, _epoch, { verifiedMillis, capacityMillis }) => {
    const fullMillis = (capacityMillis * terms.ratingPpb) / PPB
    const errorPpb = fullMillis === 0n ? 0n : minBigint((verifiedMillis * PPB) / fullMillis, PPB) - terms.targetPpb
    const sumPpb = state.sumPpb + errorPpb
    const growthPpb = state.isRunning ? errorPpb - state.lastPpb : 0n
    const responsePpb = (terms.proportionalPpb * errorPpb + terms.integralPpb * sumPpb + terms.derivativePpb * growthPpb) / PPB
    const wantedWei = (terms.baseWei * (PPB + responsePpb)) / PPB
    const amountWei = minBigint(maxBigint(wantedWei, terms.minWei), terms.maxWei)
    return { amountWei, state: { sumPpb: wantedWei === amountWei ? sumPpb : state.sumPpb, lastPpb: errorPpb, isRunning: true } }
  },
})
