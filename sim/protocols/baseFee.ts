/** What a block says about the demand for gas. */
export interface GasUse {
  readonly baseFeeWei: bigint
  readonly gasUsed: bigint
  readonly gasLimit: bigint
}

/** Gas target as a share of the limit, and largest change of the fee from block to block (EIP-1559). */
const ELASTICITY = 2n
const CHANGE_DENOMINATOR = 8n

/** The base fee of the next block, in wei a gas unit, on a chain that follows EIP-1559. */
export const nextBaseFee = ({ baseFeeWei, gasUsed, gasLimit }: GasUse): bigint => {
  const target = gasLimit / ELASTICITY
  const change = (gap: bigint) => (baseFeeWei * gap) / target / CHANGE_DENOMINATOR
  if (gasUsed === target) return baseFeeWei
  if (gasUsed < target) return baseFeeWei - change(target - gasUsed)
  const rise = change(gasUsed - target)
  return baseFeeWei + (rise > 0n ? rise : 1n)
}
