import fc from "fast-check"
import { expect, test } from "vitest"
import { BPS, RAY } from "../../units.ts"
import { amountWei } from "./decay.ts"

const seed = 20_261_123
const first = fc.bigInt(0n, 10n ** 27n)
const decay = fc.bigInt(0n, 10_000n)

const emissionWei = (firstWei: bigint, decayBps: bigint, epoch: number) =>
  amountWei({ firstWei, keepRay: ((BPS - decayBps) * RAY) / BPS, stepEpochs: 1n }, epoch)

test("no decay, no change; full decay, nothing after the first epoch", () => {
  expect(emissionWei(123_456_789n, 0n, 500)).toBe(123_456_789n)
  expect(emissionWei(123_456_789n, 10_000n, 0)).toBe(123_456_789n)
  expect(emissionWei(123_456_789n, 10_000n, 1)).toBe(0n)
})

test("known amounts", () => {
  expect(emissionWei(10n ** 18n, 5_000n, 10)).toBe(10n ** 18n / 1024n)
  expect(emissionWei(10n ** 18n, 1_000n, 3)).toBe(729n * 10n ** 15n)
})

test("never more than the exact amount, and less by no more than the fixed point's precision", () => {
  fc.assert(
    fc.property(first, decay, fc.nat({ max: 200 }), (firstWei, decayBps, epoch) => {
      const exact = (firstWei * (10_000n - decayBps) ** BigInt(epoch)) / 10_000n ** BigInt(epoch)
      const found = emissionWei(firstWei, decayBps, epoch)
      expect(found <= exact).toBe(true)
      // At most 2 * 8 truncations of 1e-27, each then multiplied by no more than the epoch's length.
      expect(exact - found <= (firstWei * 1_000n) / 10n ** 27n + 1n).toBe(true)
    }),
    { seed },
  )
})

test("falls from epoch to epoch", () => {
  fc.assert(
    fc.property(first, decay, fc.nat({ max: 300 }), (firstWei, decayBps, epoch) => {
      expect(emissionWei(firstWei, decayBps, epoch + 1) <= emissionWei(firstWei, decayBps, epoch)).toBe(true)
    }),
    { seed },
  )
})
