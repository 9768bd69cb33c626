/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom (Abramowitz and Stegun, table 26.10, two more digits). */
const table = [
  12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985, 2.178813, 2.160369,
  2.144787, 2.13145, 2.119905, 2.109816, 2.100922, 2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
  2.048407, 2.04523, 2.042272,
] as const

/** The 97.5 % quantile of the standard normal. */
export const NORMAL_975 = 1.959963984540054

/** The 97.5 % quantile of Student's t; beyond the table its expansion in 1 / df (Abramowitz and Stegun 26.7.5), good to 2e-6 there. */
export const studentT975 = (degreesOfFreedom: number): number => {
  const tabled = table[degreesOfFreedom - 1]
  if (tabled !== undefined) return tabled
  const z = NORMAL_975
  const z2 = z * z
  const g1 = ((z2 + 1) * z) / 4
  const g2 = (((5 * z2 + 16) * z2 + 3) * z) / 96
  const g3 = ((((3 * z2 + 19) * z2 + 17) * z2 - 15) * z) / 384
  return z + (g1 + (g2 + g3 / degreesOfFreedom) / degreesOfFreedom) / degreesOfFreedom
}
