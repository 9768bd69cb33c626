/** Cancun's parameters (EIP-4844). */
const MIN_BASE_FEE_WEI = 1n
const UPDATE_FRACTION = 3_338_477n

/** factor * e^(numerator / denominator) in integers, by the Taylor series of EIP-4844: each term is rounded down. */
export const fakeExponential = (factor: bigint, numerator: bigint, denominator: bigint): bigint => {
  let sum = 0n
  let term = factor * denominator
  for (let i = 1n; term > 0n; i++) {
    sum += term
    term = (term * numerator) / (denominator * i)
  }
  return sum / denominator
}

/** Price of one gas unit of blob data, in wei, after the blocks used that much more of it than their target. */
export const blobBaseFee = (excessBlobGas: bigint): bigint => fakeExponential(MIN_BASE_FEE_WEI, excessBlobGas, UPDATE_FRACTION)
