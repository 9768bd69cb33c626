import { Effect } from "effect"
import { fakeExponential } from "../../sim/protocols/fakeExponential.ts"
import { CaseInvalid, integer, referenceCase } from "./referenceCase.ts"

/** Beyond this power of e the series has thousands of terms, and no chain gets there. */
const EXPONENT_MAX = 1_000n

/** The exponential of the blob fee, in integers. */
export const l3 = referenceCase({
  id: "L3",
  title: "EIP-4844: fake_exponential",
  source: "ethereum/EIPs, EIP-4844; go-ethereum, consensus/misc/eip4844/eip4844_test.go",
  parameters: {
    factor: integer("units", "what is multiplied by a power of e", 1n),
    numerator: integer("units", "of the exponent", 2n),
    denominator: integer("units", "of the exponent", 1n, { min: 1n }),
  },
  quantities: { exponential: { unit: "units", precision: 0 } },
  published: [
    { at: { factor: 1n, numerator: 2n, denominator: 1n }, expected: { exponential: 6n } },
    { at: { factor: 10n, numerator: 8n, denominator: 2n }, expected: { exponential: 542n } },
    { at: { factor: 2n, numerator: 5n, denominator: 2n }, expected: { exponential: 23n } },
    { at: { factor: 1n, numerator: 50_000_000n, denominator: 2_225_652n }, expected: { exponential: 5_709_098_764n } },
  ],
  expected: ({ factor, numerator, denominator }) => ({ exponential: specified(factor, numerator, denominator) }),
  measured: ({ factor, numerator, denominator }) =>
    numerator > EXPONENT_MAX * denominator
      ? Effect.fail(new CaseInvalid({ message: `L3: the exponent ${numerator} / ${denominator} is above ${EXPONENT_MAX}` }))
      : Effect.succeed({ exponential: fakeExponential(factor, numerator, denominator) }),
})

/** Line by line as the EIP has it in Python; the rounding of each term is part of the consensus, so no other formula is exact. */
const specified = (factor: bigint, numerator: bigint, denominator: bigint): bigint => {
  if (numerator > EXPONENT_MAX * denominator) return 0n
  let i = 1n
  let output = 0n
  let numeratorAccumulated = factor * denominator
  while (numeratorAccumulated > 0n) {
    output += numeratorAccumulated
    numeratorAccumulated = (numeratorAccumulated * numerator) / (denominator * i)
    i += 1n
  }
  return output / denominator
}
