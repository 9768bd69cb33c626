import { expect, test } from "vitest"
import { packWork } from "./packWork.ts"

test("puts eight values into a word, the first lowest", () => {
  expect(packWork([])).toEqual([])
  expect(packWork([1n, 2n])).toEqual([0x00000002_00000001n])
  expect(packWork([0n, 0n, 0n, 0n, 0n, 0n, 0n, 0xabcdn, 7n])).toEqual([0xabcdn << 224n, 7n])
  expect(packWork(Array<bigint>(8).fill(0n))).toEqual([0n])
})

test("caps a value at 32 bits, and leaves its neighbours alone", () => {
  expect(packWork([1n, 2n ** 32n + 5n, 3n])).toEqual([0x00000003_ffffffff_00000001n])
})
