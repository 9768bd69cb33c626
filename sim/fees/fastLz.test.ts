import fc from "fast-check"
import { expect, test } from "vitest"
import { fastLzBytes } from "./fastLz.ts"

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

/** A swap on OP Mainnet, 0x8eb9dd4e..., as it was signed. */
const contractCall =
  "02f901550a758302df1483be21b88304743f94f80e51afb613d764fa61751affd3313c190a86bb870151bd62fd12adb8e41ef24f3f00000000000000000000000000" +
  "0000000000000000000000000000000000006e000000000000000000000000af88d065e77c8cc2239327c5edb3a432268e5831000000000000000000000000000000" +
  "000000000000000000000000000003c1e5000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
  "0000000000000000000000000000a00000000000000000000000000000000000000000000000000000000000000000148c89ed219d02f1a5be012c689b4f5b731827" +
  "bebe000000000000000000000000c001a033fd89cb37c31b2cba46b6466e040c61fc9b2a3675a7f5f493ebd5ad77c497f8a07cdf65680e238392693019b4092f6102" +
  "22e71b7cec06449cb922b93b6a12744e"

test("gives the sizes of op-geth's own test (core/types/rollup_cost_test.go)", () => {
  expect(fastLzBytes(new Uint8Array(0))).toBe(0n)
  expect(fastLzBytes(new Uint8Array(1000).fill(1))).toBe(21n)
  expect(fastLzBytes(new Uint8Array(1000))).toBe(21n)
  expect(fastLzBytes(bytes("dd80808094095e7baea6a6c7c4c2dfeb977efac326af552d878080808080"))).toBe(31n)
  expect(fastLzBytes(bytes(contractCall))).toBe(202n)
})

test("never needs more than a byte in 32 above the data, and less for what comes twice", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (data) => {
      const size = Number(fastLzBytes(data))
      expect(size).toBeLessThanOrEqual(data.length + Math.ceil(data.length / 32) + 1)
      if (data.length > 200) {
        const twice = Number(fastLzBytes(Uint8Array.from([...data, ...data])))
        expect(twice).toBeLessThan(size + data.length / 2)
      }
    }),
    { seed: 20_261_123, numRuns: 200 },
  )
})
