import { exp, ln } from "../../maths.ts"
import { quantity } from "../../quantity.ts"
import { minBigint, mulDiv, RAY, rayPower, toMillis, toRay, toWei } from "../../units.ts"
import { emissionModel } from "../emission.ts"

interface Terms {
  readonly simpleWei: bigint
  readonly baselineWei: bigint
  readonly keepRay: bigint
  readonly baselineMillis: bigint
  readonly growthRay: bigint
}

interface State {
  /** Verified work of all epochs, each counted up to its baseline. */
  readonly realisedMillis: bigint
  /** Whole epochs of network time, and the baselines of those epochs in all. */
  readonly networkEpochs: bigint
  readonly baselineSumMillis: bigint
  /** Part of the baseline share that is not minted yet. */
  readonly keptRay: bigint
}

const levelMillis = ({ baselineMillis, growthRay }: Terms, epoch: bigint): bigint => mulDiv(baselineMillis, rayPower(growthRay, epoch), RAY)

/** What an exponential share has left after so many epochs; all amounts are differences of its rounded-down complement, so they add up to it. */
const mintedWei = (totalWei: bigint, keptRay: bigint): bigint => mulDiv(totalWei, RAY - keptRay, RAY)

/**
 * keep^networkTime. The network time is the time at which the sum of baselines reaches the realised work: whole epochs, the last of them in
 * part, by a straight line (filecoin spec-actors, reward_logic.go, ComputeRTheta). The part rounds up.
 */
const keptAt = (terms: Terms, { realisedMillis, networkEpochs, baselineSumMillis }: State): bigint => {
  if (networkEpochs === 0n) return RAY
  const missingRay = mulDiv(baselineSumMillis - realisedMillis, RAY, levelMillis(terms, networkEpochs - 1n))
  const before = rayPower(terms.keepRay, networkEpochs - 1n)
  return before - mulDiv(before, mulDiv(RAY - terms.keepRay, RAY - missingRay, RAY), RAY)
}

/**
 * A simple share that fades with time, and a baseline share that fades with network time (Filecoin): its clock runs at full speed only
 * while the verified work keeps up with a baseline that grows exponentially. What a weak network does not mint is minted later.
 */
export const baseline = emissionModel({
  fields: {
    simpleTokens: quantity("All that is ever minted by time alone", { unit: "tokens", min: 0, max: 1e12 }),
    baselineTokens: quantity("All that is ever minted by network time", { unit: "tokens", min: 0, max: 1e12 }),
    halfLifeEpochs: quantity("Epochs in which half of either is minted", { unit: "epochs", min: 1, max: 1e6 }),
    baselineWorkHours: quantity("Verified work that the first epoch should have", { unit: "work hours per epoch", min: 0.001, max: 1e12 }),
    doublingEpochs: quantity("Epochs in which the baseline doubles", { unit: "epochs", min: 10, max: 1e6 }),
  },
  tokenKeys: ["simpleTokens", "baselineTokens"],
  terms: ({ simpleTokens, baselineTokens, halfLifeEpochs, baselineWorkHours, doublingEpochs }): Terms => ({
    simpleWei: toWei(simpleTokens),
    baselineWei: toWei(baselineTokens),
    keepRay: toRay(exp(-ln(2) / halfLifeEpochs)),
    baselineMillis: toMillis(baselineWorkHours),
    growthRay: toRay(exp(ln(2) / doublingEpochs)),
  }),
  open: (): State => ({ realisedMillis: 0n, networkEpochs: 0n, baselineSumMillis: 0n, keptRay: RAY }),
  release: (terms, before, epoch, { verifiedMillis }) => {
    const now = BigInt(epoch)
    const realisedMillis = before.realisedMillis + minBigint(verifiedMillis, levelMillis(terms, now))
    let { networkEpochs, baselineSumMillis } = before
    while (realisedMillis > baselineSumMillis) baselineSumMillis += levelMillis(terms, networkEpochs++)
    const reached = { realisedMillis, networkEpochs, baselineSumMillis, keptRay: before.keptRay }
    // Never more than before: the fixed point's last digits differ between a whole epoch and a straight line to it.
    const state = { ...reached, keptRay: minBigint(keptAt(terms, reached), before.keptRay) }
    const simpleWei =
      mintedWei(terms.simpleWei, rayPower(terms.keepRay, now + 1n)) - mintedWei(terms.simpleWei, rayPower(terms.keepRay, now))
    return { amountWei: simpleWei + mintedWei(terms.baselineWei, state.keptRay) - mintedWei(terms.baselineWei, before.keptRay), state }
  },
})
