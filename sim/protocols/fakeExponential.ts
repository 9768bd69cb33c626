/**
 * factor * e^(numerator / denominator) in integers, by the Taylor series of EIP-4844, each term rounded down: with a factor of 1 wei and
 * the excess blob gas over 3338477 it is Cancun's price of one gas unit of blob data.
 */
export const fakeExponential = (factor: bigint, numerator: bigint, denominator: bigint): bigint => {
  let sum = 0n
  let term = factor * denominator
  for (let i = 1n; term > 0n; i++) {
    sum += term
    term = (term * numerator) / (denominator * i)
  }
  return sum / denominator
}
