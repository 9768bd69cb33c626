/** The largest prime below 2^24: sums of its residues times bytes stay exact in float64, and a wrong product passes with a chance of 1 in p. */
export const p = 16_777_213

const half = 4_096

/**
 * Whether C = A B, by C r = A (B r) modulo p for a random vector r of residues (Freivalds 1977): three passes over n x n numbers in place of n^3
 * products. A wrong C passes with probability 1/p at most, if r was drawn after C was given. A by rows; B and C by columns.
 */
export const freivalds = (a: Int8Array, b: Int8Array, c: Int32Array, r: Uint32Array): boolean => {
  const n = r.length
  const br = new Float64Array(n)
  const [crLow, crHigh] = [new Float64Array(n), new Float64Array(n)]
  for (let column = 0; column < n; column++) {
    const weight = r[column]!
    // Two halves of a residue, so that n products with an int32 stay below 2^53.
    const [low, high] = [weight % half, Math.floor(weight / half)]
    for (let row = 0, at = column * n; row < n; row++, at++) {
      br[row]! += b[at]! * weight
      crLow[row]! += c[at]! * low
      crHigh[row]! += c[at]! * high
    }
  }
  for (let row = 0; row < n; row++) br[row] = residue(br[row]!)
  for (let row = 0; row < n; row++) {
    let abr = 0
    for (let k = 0, at = row * n; k < n; k++, at++) abr += a[at]! * br[k]!
    if (residue(abr) !== residue(residue(crLow[row]!) + residue(crHigh[row]!) * half)) return false
  }
  return true
}

const residue = (x: number): number => ((x % p) + p) % p
