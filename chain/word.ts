import type { Hex } from "viem"

/** Calldata and logs are made of 32-byte words; here each is 64 hexadecimal digits without a prefix. */

/** Throws outside 0 to 2^256 - 1. */
export const word = (value: bigint | number): string => {
  if (value < 0) throw new RangeError(`${value} is negative, and no contract takes a negative number`)
  const digits = value.toString(16)
  if (digits.length > 64) throw new RangeError(`${value} does not fit into 256 bits`)
  return digits.padStart(64, "0")
}

/** A whole number in two's complement, as contracts take those that may be negative. */
export const signedWord = (value: number): string => word(BigInt.asUintN(256, BigInt(value)))

export const addressWord = (address: Hex): string => address.slice(2).padStart(64, "0")

/** ASCII text of at most 32 characters as a `bytes32`, padded on the right. */
export const textWord = (text: string): string => Buffer.from(text, "latin1").toString("hex").padEnd(64, "0")

/** As much as a contract may ever take. */
export const unlimited = word(2n ** 256n - 1n)

/** Words before the first one of an answer that is an array: its offset and its length. */
export const prelude = 2

/** The word at an index of prefixed data. */
export const wordAt = (data: string, index: number): string => data.slice(2 + 64 * index, 66 + 64 * index)

export const bigintAt = (data: string, index: number): bigint => BigInt(`0x${wordAt(data, index)}`)

/** For words that hold at most 53 bits. */
export const numberAt = (data: string, index: number): number => Number(`0x${wordAt(data, index)}`)

/** For words that hold a signed number of at most 53 bits. */
export const signedAt = (data: string, index: number): number => Number(BigInt.asIntN(256, bigintAt(data, index)))
