/** What a block says about the demand for gas. */
export interface GasUse {
  readonly baseFeeWei: bigint
  readonly gasUsed: bigint
  readonly gasLimit: bigint
}

/** Gas limit over target, and the largest change of the fee from block to block: one in so many. */
export interface BaseFeeRules {
  readonly elasticity: bigint
  readonly changeDenominator: bigint
}

/** As Ethereum has them (EIP-1559). */
export const ethereumRules: BaseFeeRules = { elasticity: 2n, changeDenominator: 8n }

/** The base fee of the next block, in wei a gas unit, on a chain that follows EIP-1559. */
export const nextBaseFee = ({ baseFeeWei, gasUsed, gasLimit }: GasUse, rules: BaseFeeRules = ethereumRules): bigint => {
  const target = gasLimit / rules.elasticity
  const change = (gap: bigint) => (baseFeeWei * gap) / target / rules.changeDenominator
  if (gasUsed === target) return baseFeeWei
  if (gasUsed < target) return baseFeeWei - change(target - gasUsed)
  const rise = change(gasUsed - target)
  return baseFeeWei + (rise > 0n ? rise : 1n)
}
