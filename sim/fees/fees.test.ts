import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { PPB } from "../units.ts"
import { blobBaseFee, ethereumBlobs, GAS_BLOB, nextExcessBlobGas } from "./blobFee.ts"
import { breakEvenGasPrice } from "./breakEvenGasPrice.ts"
import { chargedGas, floorGas, intrinsicGas } from "./calldataGas.ts"
import { bytesOf, noUse, over, plus } from "./meter.ts"
import { ecotoneFee, fjordFee } from "./rollupDataFee.ts"

const runs = { seed: 20_261_123, numRuns: 300 }
const some = fc.bigInt(0n, 10_000n)
const bytes = fc.record({ zeros: some, others: some })
const meter = fc.record({ gasUsed: fc.bigInt(21_000n, 10_000_000n), calldata: bytes, encoded: bytes, fastLzBytes: some })
const gwei = fc.bigInt(0n, 1_000_000_000_000n)
const prices = fc.record({
  baseFeeWei: gwei,
  blobBaseFeeWei: gwei,
  baseFeeScalar: fc.bigInt(0n, 2n ** 32n - 1n),
  blobBaseFeeScalar: fc.bigInt(0n, 2n ** 32n - 1n),
})

describe("calldata", () => {
  test("costs the floor where a call does little, and what it uses where it does much (EIP-7623)", () => {
    const calldata = { zeros: 31n, others: 37n }
    expect(intrinsicGas(calldata)).toBe(21_716n)
    expect(floorGas(calldata)).toBe(22_790n)
    expect(chargedGas({ gasUsed: 21_716n, calldata })).toBe(22_790n)
    expect(chargedGas({ gasUsed: 100_000n, calldata })).toBe(100_000n)
    fc.assert(
      fc.property(bytes, (data) => {
        expect(floorGas(data) - 21_000n).toBe(((intrinsicGas(data) - 21_000n) * 5n) / 2n)
      }),
      runs,
    )
  })

  test("is counted byte by byte", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const { zeros, others } = bytesOf(data)
        expect([zeros + others, zeros]).toEqual([BigInt(data.length), BigInt(data.filter((byte) => byte === 0).length)])
      }),
      runs,
    )
  })
})

describe("a rollup's fee for data", () => {
  test("grows with the data and with each price, and Fjord's never falls below a hundred bytes", () => {
    fc.assert(
      fc.property(meter, meter, prices, (a, b, at) => {
        const both = plus(a, b)
        for (const fee of [ecotoneFee, fjordFee]) {
          expect(fee(both, at) >= fee(a, at)).toBe(true)
          expect(fee(a, { ...at, baseFeeWei: at.baseFeeWei * 2n }) >= fee(a, at)).toBe(true)
          expect(fee(a, { ...at, blobBaseFeeWei: at.blobBaseFeeWei * 2n }) >= fee(a, at)).toBe(true)
        }
        expect(fjordFee({ fastLzBytes: 0n }, at)).toBe(fjordFee({ fastLzBytes: 170n }, at))
        expect(fjordFee({ fastLzBytes: 171n }, at) >= fjordFee({ fastLzBytes: 170n }, at)).toBe(true)
      }),
      runs,
    )
  })
})

describe("blobs", () => {
  const { targetBlobs, maxBlobs } = ethereumBlobs
  const use = fc.record({ excessBlobGas: fc.bigInt(0n, 300_000_000n), blobs: fc.bigInt(0n, maxBlobs), baseFeeWei: gwei })

  test("cost more after a block above the target and less after one below it, unless they are below their reserve", () => {
    fc.assert(
      fc.property(use, (block) => {
        const price = blobBaseFee(block.excessBlobGas, ethereumBlobs)
        const isBelowReserve = block.baseFeeWei > price * 16n
        const next = nextExcessBlobGas({ ...block, blobBaseFeeWei: price }, ethereumBlobs)
        if (block.excessBlobGas + block.blobs * GAS_BLOB < targetBlobs * GAS_BLOB) expect(next).toBe(0n)
        else if (isBelowReserve) expect(next).toBe(block.excessBlobGas + (block.blobs * GAS_BLOB) / 3n)
        else expect(next).toBe(block.excessBlobGas + (block.blobs - targetBlobs) * GAS_BLOB)
      }),
      runs,
    )
  })

  test("climb to a sixteenth of the base fee though hardly anybody wants them (EIP-7918)", () => {
    const baseFeeWei = 2_000_000_000n
    let excessBlobGas = 100n * GAS_BLOB
    const seen: Array<bigint> = []
    for (let block = 0; block < 3_000; block++) {
      const blobBaseFeeWei = blobBaseFee(excessBlobGas, ethereumBlobs)
      excessBlobGas = nextExcessBlobGas({ excessBlobGas, blobBaseFeeWei, blobs: 3n, baseFeeWei }, ethereumBlobs)
      seen.push(blobBaseFee(excessBlobGas, ethereumBlobs))
    }
    for (const price of seen.slice(-100)) expect(Math.abs(Number(price) / (Number(baseFeeWei) / 16) - 1)).toBeLessThan(0.15)
  })
})

describe("the break-even gas price", () => {
  const terms = fc.record({
    l1GasPriceWei: fc.bigInt(1n, 10n ** 12n),
    l1FactorPpb: fc.bigInt(0n, PPB),
    netProfitPpb: fc.bigInt(PPB, 2n * PPB),
    gasPriceMinWei: fc.bigInt(0n, 10n ** 9n),
  })

  test("gives back what the transaction costs, to less than a wei a gas unit", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10_000_000n), bytes, terms, (gasUsed, unsigned, at) => {
        const price = breakEvenGasPrice(gasUsed, unsigned, { ...at, netProfitPpb: PPB })
        const scaled = (at.l1GasPriceWei * at.l1FactorPpb) / PPB
        const gasPrice = scaled > at.gasPriceMinWei ? scaled : at.gasPriceMinWei
        const cost = gasUsed * gasPrice + (unsigned.zeros * 4n + (unsigned.others + 66n) * 16n) * at.l1GasPriceWei
        expect(gasUsed * price <= cost && cost < gasUsed * (price + 1n)).toBe(true)
        expect(breakEvenGasPrice(gasUsed, unsigned, at) >= price).toBe(true)
      }),
      runs,
    )
  })
})

test("a mean of meters is their sum over their number", () => {
  fc.assert(
    fc.property(meter, fc.bigInt(1n, 20n), (one, count) => {
      let sum = noUse
      for (let i = 0n; i < count; i++) sum = plus(sum, one)
      expect(over(sum, count)).toEqual(one)
    }),
    runs,
  )
})
