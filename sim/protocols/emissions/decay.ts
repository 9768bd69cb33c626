import { count, or, quantity } from "../../quantity.ts"
import { RAY, rayPower, toRay, toWei } from "../../units.ts"
import { statelessModel } from "../emission.ts"

export const fields = {
  tokensPerEpoch: quantity("Emission of the first epoch", { unit: "tokens per epoch", min: 0, max: 1e9 }),
  decayBpsPerEpoch: quantity("By how much the emission falls from one epoch to the next", { unit: "basis points", min: 0, max: 10_000 }),
  stepEpochs: count("Epochs with the same emission, after which the decay of all of them comes at once", {
    unit: "epochs",
    min: 1,
    max: 100_000,
  }).pipe(or(1)),
}

export interface Terms {
  readonly firstWei: bigint
  /** What an epoch leaves of the emission, in 27-digit fixed point. */
  readonly keepRay: bigint
  readonly stepEpochs: bigint
}

interface Params {
  readonly tokensPerEpoch: number
  readonly decayBpsPerEpoch: number
  readonly stepEpochs: number
}

export const terms = ({ tokensPerEpoch, decayBpsPerEpoch, stepEpochs }: Params): Terms => ({
  firstWei: toWei(tokensPerEpoch),
  keepRay: toRay(1 - decayBpsPerEpoch / 10_000),
  stepEpochs: BigInt(stepEpochs),
})

/** first * keep^(epoch, down to a whole step), rounded down: never more than the exact amount. */
export const amountWei = ({ firstWei, keepRay, stepEpochs }: Terms, epoch: number): bigint =>
  (firstWei * rayPower(keepRay, BigInt(epoch) - (BigInt(epoch) % stepEpochs))) / RAY

/** A share less every epoch (io.net), or all at once after many (Curve, a year). */
export const decay = statelessModel({ fields, tokenKeys: ["tokensPerEpoch"], terms, amountWei })
