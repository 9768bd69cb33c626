/** A known network's emission, step by step, in its own smallest units and with its own rounding. */
export interface EmissionSchedule {
  readonly title: string
  readonly source: string
  readonly decimals: number
  /** Supply before the first step. */
  readonly initialUnits: bigint
  readonly stepDays: number
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
  bitcoin: {
    title: "Bitcoin",
    source: "bitcoin/src/validation.cpp, GetBlockSubsidy",
    decimals: 8,
    initialUnits: 0n,
    stepDays: 1_458 + 1 / 3,
    stepUnits: (step) => 210_000n * (5_000_000_000n >> BigInt(step)),
  },
  curve: {
    title: "Curve DAO token",
    source: "curve-dao-contracts/ERC20CRV.vy",
    decimals: 18,
    initialUnits: 1_303_030_303n * 10n ** 18n,
    stepDays: 365,
    stepUnits: (step) => curveRate(step) * YEAR_SECONDS,
  },
  helium: {
    title: "Helium",
    source: "HIP-20: 60M HNT a year, halved every two years",
    decimals: 8,
    initialUnits: 0n,
    stepDays: 730,
    stepUnits: (step) => (120_000_000n * 10n ** 8n) >> BigInt(step),
  },
} satisfies Readonly<Record<string, EmissionSchedule>>
