/** A known network's emission, step by step, in its own smallest units and with its own rounding. */
export interface EmissionSchedule {
  readonly decimals: number
  /** Supply before the first step. */
  readonly initialUnits: bigint
  /** What is emitted over a whole step, counted from 0. */
  readonly stepUnits: (step: number) => bigint
}

/** The supply after so many whole steps. */
export const supplyAfter = (schedule: EmissionSchedule, steps: number): bigint => {
  let units = schedule.initialUnits
  for (let step = 0; step < steps; step++) units += schedule.stepUnits(step)
  return units
}

const YEAR_SECONDS = 31_536_000n

/** Smallest units a second; each year divides by 2^(1/4) in 18-digit fixed point. */
const curveRate = (year: number): bigint => {
  let rate = (274_815_283n * 10n ** 18n) / YEAR_SECONDS
  for (let i = 0; i < year; i++) rate = (rate * 10n ** 18n) / 1_189_207_115_002_721_024n
  return rate
}

export const emissionSchedules = {
  /** One step is the 210 000 blocks between two halvings (bitcoin/src/validation.cpp, GetBlockSubsidy). */
  bitcoin: { decimals: 8, initialUnits: 0n, stepUnits: (step) => 210_000n * (5_000_000_000n >> BigInt(step)) },
  /** One step is a year (curve-dao-contracts/ERC20CRV.vy). */
  curve: { decimals: 18, initialUnits: 1_303_030_303n * 10n ** 18n, stepUnits: (step) => curveRate(step) * YEAR_SECONDS },
  /** One step is two years: 60 million HNT a year, then half of it (HIP-20). */
  helium: { decimals: 8, initialUnits: 0n, stepUnits: (step) => (120_000_000n * 10n ** 8n) >> BigInt(step) },
} satisfies Readonly<Record<string, EmissionSchedule>>
