const ratio = (Math.sqrt(5) - 1) / 2

/** Where a function with one valley between two bounds is least, to a millionth of their distance (Kiefer 1953). */
export const goldenSection = (f: (x: number) => number, from: number, to: number): number => {
  let [low, high] = [from, to]
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)]
  let [atLeft, atRight] = [f(left), f(right)]
  while (high - low > (to - from) * 1e-6) {
    if (atLeft <= atRight) {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - ratio * (high - low)
      atLeft = f(left)
    } else {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + ratio * (high - low)
      atRight = f(right)
    }
  }
  return (low + high) / 2
}
