/**
 * Benjamini and Hochberg's adjusted p-values (1995), in the order given. Of all that are at most q, an expected share of at most q is false,
 * if the tests are independent or positively dependent (Benjamini and Yekutieli 2001). NaN stands for a test that was not made.
 */
export const benjaminiHochberg = (pValues: ReadonlyArray<number>): ReadonlyArray<number> => {
  const adjusted = pValues.map(() => NaN)
  const order = pValues.map((_, index) => index).filter((index) => !Number.isNaN(pValues[index]!))
  order.sort((a, b) => pValues[b]! - pValues[a]!)
  let least = 1
  order.forEach((index, rank) => {
    least = Math.min(least, (pValues[index]! * order.length) / (order.length - rank))
    adjusted[index] = least
  })
  return adjusted
}
