import fc from "fast-check"
import { expect, test } from "vitest"
import { nextBaseFee } from "./baseFee.ts"

const use = fc
  .record({ baseFeeWei: fc.bigInt(1n, 10n ** 18n), gasLimit: fc.bigInt(2n, 10n ** 9n), percent: fc.bigInt(0n, 100n) })
  .map(({ percent, ...rest }) => ({ ...rest, gasUsed: (rest.gasLimit * percent) / 100n }))

test("moves towards the use of the block by at most an eighth, and always rises above the target", () => {
  fc.assert(
    fc.property(use, (block) => {
      const { baseFeeWei, gasUsed, gasLimit } = block
      const next = nextBaseFee(block)
      const target = gasLimit / 2n
      if (gasUsed > target) expect(next > baseFeeWei).toBe(true)
      else expect(next <= baseFeeWei).toBe(true)
      if (gasUsed === target) expect(next).toBe(baseFeeWei)
      // An odd limit makes the block a little more than twice the target.
      expect(next <= baseFeeWei + baseFeeWei / 8n + baseFeeWei / target + 1n).toBe(true)
      expect(next >= baseFeeWei - baseFeeWei / 8n).toBe(true)
    }),
    { seed: 20_261_123, numRuns: 500 },
  )
})
