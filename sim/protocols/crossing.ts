/**
 * Where a growing function of integers crosses zero, from below: by false position, where an end that stays for two guesses counts half as
 * much in the next (the Illinois method). The function is not positive at `low`; ends early once it is within the tolerance.
 */
export const crossing = (f: (x: bigint) => bigint, low: bigint, high: bigint, tolerance: bigint): bigint => {
  let [a, atA] = [low, f(low)]
  let b = high
  let [pullA, pullB] = [-atA, f(high)]
  let moved: "a" | "b" | undefined
  while (b - a > 1n && atA < -tolerance) {
    const guess = pullA + pullB > 0n ? a + ((b - a) * pullA) / (pullA + pullB) : (a + b) / 2n
    const x = guess <= a ? a + 1n : guess >= b ? b - 1n : guess
    const y = f(x)
    if (y <= 0n) {
      if (moved === "a") pullB /= 2n
      ;[a, atA, pullA, moved] = [x, y, -y, "a"]
    } else {
      if (moved === "b") pullA /= 2n
      ;[b, pullB, moved] = [x, y, "b"]
    }
  }
  return a
}
