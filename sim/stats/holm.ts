/**
 * Holm's adjusted p-values (1979), in the order given. Rejecting all that are at most alpha makes one or more false claims with probability
 * alpha at most, however the tests depend on each other. NaN stands for a test that was not made: it stays NaN and does not count.
 */
export const holm = (pValues: ReadonlyArray<number>): ReadonlyArray<number> => {
  const adjusted = pValues.map(() => NaN)
  const order = pValues.map((_, index) => index).filter((index) => !Number.isNaN(pValues[index]!))
  order.sort((a, b) => pValues[a]! - pValues[b]!)
  let largest = 0
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (order.length - rank) * pValues[index]!))
    adjusted[index] = largest
  })
  return adjusted
}
