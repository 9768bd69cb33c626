import { bigintAt } from "../word.ts"

/** What belongs to the two coins, from their order in a pool to token and dollar, or back. */
export const inOrder = <A>(tokenFirst: boolean, first: A, second: A): readonly [A, A] => (tokenFirst ? [first, second] : [second, first])

/** The amounts of a pool's two coins, the first of which is at an index of the data. */
export const sides = (data: string, at: number, { tokenFirst }: { readonly tokenFirst: boolean }) => {
  const [tokenWei, dollarMicros] = inOrder(tokenFirst, bigintAt(data, at), bigintAt(data, at + 1))
  return { tokenWei, dollarMicros }
}

/** An amount that may be negative. */
export const gainAt = (data: string, index: number): bigint => BigInt.asIntN(256, bigintAt(data, index))
