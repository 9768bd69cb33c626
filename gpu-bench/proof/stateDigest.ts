import { createHash } from "node:crypto"

/**
 * What is committed to of a state: sha256 of the sha256 of each of its columns, as a number of 256 bits. Columns are hashed apart, so that a GPU
 * hashes n of them at once.
 */
export const stateDigest = (state: Int8Array, n: number): bigint => {
  const whole = createHash("sha256")
  for (let column = 0; column < n; column++)
    whole.update(
      createHash("sha256")
        .update(state.subarray(column * n, (column + 1) * n))
        .digest(),
    )
  return BigInt(`0x${whole.digest("hex")}`)
}
