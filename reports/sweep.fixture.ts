import { stream } from "../sim/rng.ts"
import { type MeanInterval, meanInterval } from "../sim/stats/mean.ts"
import { pairedDifference } from "../sim/stats/pairedDifference.ts"
import { quantileInterval } from "../sim/stats/quantileInterval.ts"
import { skewness } from "../sim/stats/skewness.ts"
import { wilson } from "../sim/stats/wilson.ts"
import { HOSTILE, reportFixture } from "./report.fixture.ts"
import type { SweepData } from "./sweepData.ts"

/** Invented results of a sweep with the trade-off of a real one, for the tests of the page; nothing here is a finding. */

export interface SweepFixtureOptions {
  readonly design?: "grid" | "morris" | "sobol" | "search" | "attack" | "cases"
  readonly seeds?: number
  /** Points of the designs that are not grids. */
  readonly points?: number
  readonly hasObjectives?: boolean
  readonly hasValues?: boolean
  readonly failures?: number
  /** One seed in which hardly anything is used: an outcome that is skewed. */
  readonly hasIdleSeed?: boolean
  /** Names that try to leave the text they stand in. */
  readonly hostile?: boolean
}

type Values = Readonly<Record<string, number | string | boolean>>
type Percentile = SweepData["estimates"][string][number]["p50"]

const emissions = [500, 1000, 2000, 3000, 4000, 6000, 8000]
const burns = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9]
const goals = [
  { outcome: "providerProfitUsd.mean", goal: "max" },
  { outcome: "supplyTokens.end", goal: "min" },
] as const

export const sweepFixture = (options: SweepFixtureOptions = {}): SweepData => {
  const {
    design = "grid",
    seeds: seedCount = 8,
    points = 60,
    hasObjectives = true,
    hasValues = true,
    failures = 0,
    hasIdleSeed = false,
    hostile = false,
  } = options
  const { provenance, limits, scenarios } = reportFixture({ seeds: 1, days: 1 })
  const seeds = Array.from({ length: seedCount }, (_, i) => String(i + 1))
  const settings = settingsOf(design, points)
  const failed = (variant: number, seed: number) => seed === 0 && variant > 0 && variant <= failures
  const reached = (id: string, knobs: Values, seed: string, variant: number) =>
    outcomeOf(id, knobs, seed, variant) * (hasIdleSeed && seed === "2" && id === "utilisation.mean" ? 0.1 : 1)
  const values = Object.fromEntries(
    outcomes.map(({ id }) => [
      id,
      settings.map((knobs, variant) => seeds.map((seed, i) => (failed(variant, i) ? NaN : reached(id, knobs, seed, variant)))),
    ]),
  )
  const of = (id: string, variant: number) => values[id]![variant]!
  const bySeed = (id: string, variant: number) => new Map(of(id, variant).map((value, i) => [seeds[i]!, value]))
  const base = design === "grid" ? 16 : 0
  const conditions = hasObjectives ? objectives : []
  const passes = conditions.map(({ metric, window, op, value }) =>
    settings.map((_, variant) => of(`${metric}.${window}`, variant).map((reached) => (op === ">=" ? reached >= value : reached <= value))),
  )
  const runsOf = (variant: number) => seeds.filter((_, i) => !failed(variant, i)).length
  const judged = (count: number, runs: number, probability: number) => {
    const { low, high } = wilson(count, runs)
    const verdict = low >= probability ? ("meets" as const) : high < probability ? ("fails" as const) : ("undecided" as const)
    return { passes: count, runs, low, high, verdict }
  }
  const byVariant = conditions.map(({ probability }, i) =>
    settings.map((_, variant) => judged(passes[i]![variant]!.filter(Boolean).length, runsOf(variant), probability)),
  )
  const admissible = settings.map((_, variant) => {
    const verdicts = new Set(byVariant.map((list) => list[variant]!.verdict))
    const together = seeds.filter((_, i) => passes.every((list) => list[variant]![i])).length
    const verdict = verdicts.has("fails") ? ("fails" as const) : verdicts.has("undecided") ? ("undecided" as const) : ("meets" as const)
    return { ...judged(together, runsOf(variant), 0.9), verdict }
  })
  const text = (plain: string) => (hostile ? HOSTILE : plain)
  const mean = (id: string, variant: number) => meanInterval(of(id, variant).filter(Number.isFinite)).mean
  const best = settings.reduce((top, _, variant) => (score(mean, variant) < score(mean, top) ? variant : top), 0)
  return {
    version: 1,
    kind: "sweep",
    title: text("emission-and-burn"),
    question: text("Which emission and which burn pay providers without printing the token away?"),
    design: design === "sobol" || design === "morris" ? "sensitivity" : design,
    scenario: { ...scenarios[0]!, name: text("baseline"), days: 60 },
    seeds,
    knobs: knobsOf(design).map((knob) => ({ ...knob, label: text(knob.label) })),
    outcomes,
    variants: settings.map((knobs, index) => ({
      index,
      ...(design === "cases" ? { name: text(["as it is", "careful", "generous", "half burned"][index] ?? `case ${index}`) } : {}),
      values: hostile ? { ...knobs, policy: HOSTILE } : knobs,
      hash: hex(`variant ${index}`, 64),
      runs: seeds.map((seed, i) => (failed(index, i) ? null : hex(`run ${index} ${seed}`, 16))),
      failed: seeds.length - runsOf(index),
    })),
    base,
    estimates: Object.fromEntries(
      outcomes.map(({ id }) => [
        id,
        settings.map((_, variant) => {
          const found = of(id, variant).filter(Number.isFinite)
          const [p10, p50, p90] = [0.1, 0.5, 0.9].map((p) => {
            const { quantile, low, high } = quantileInterval(found, p)
            return { value: known(quantile), low: known(low), high: known(high) }
          }) as [Percentile, Percentile, Percentile]
          return { ...written(meanInterval(found)), skewness: known(skewness(found)), p10, p50, p90 }
        }),
      ]),
    ),
    differences: Object.fromEntries(
      outcomes.map(({ id }) => [
        id,
        settings.map((_, variant) =>
          variant === base
            ? { count: seeds.length, mean: 0, low: 0, high: 0 }
            : written(pairedDifference(bySeed(id, base), bySeed(id, variant))),
        ),
      ]),
    ),
    ...(hasValues
      ? { values: Object.fromEntries(Object.entries(values).map(([id, rows]) => [id, rows.map((row) => row.map(known))])) }
      : {}),
    objectives: conditions.map((condition, i) => ({ ...condition, label: text(condition.label), byVariant: byVariant[i]! })),
    admissible: hasObjectives ? admissible : [],
    ...(design === "morris" || design === "sobol" ? { sensitivity: sensitivityOf(design, settings.length * seeds.length) } : {}),
    ...(design === "grid" || design === "search"
      ? {
          front: {
            objectives: goals,
            variants: settings.flatMap((_, variant) => (isBeaten(mean, variant, settings.length) ? [] : [variant])),
          },
        }
      : {}),
    ...(design === "search"
      ? {
          search: {
            method: "CMA-ES",
            goals,
            budgetRuns: settings.length * seeds.length,
            steps: settings.map((_, variant) => ({ variant, generation: Math.floor(variant / 8), score: known(score(mean, variant)) })),
            best,
          },
        }
      : {}),
    ...(design === "attack"
      ? {
          attack: {
            attacker: text("whale fund"),
            profit: "providerProfitUsd.mean",
            cost: "supplyTokens.end",
            budgetUsd: 250_000,
            found: true,
            best,
            scenario: "extends: baseline.yaml\nname: cheapest-attack\n",
          },
        }
      : {}),
    failures: Array.from({ length: Math.min(failures, settings.length - 1) }, (_, i) => ({
      variant: i + 1,
      seed: seeds[0]!,
      message: text("the rule supply broke in tick 31: 12 more tokens are held than exist"),
      replay: `npm run -s lab -- run results/.failed/${hex(`run ${i + 1} 1`, 16)}.yaml --seed 1`,
    })),
    provenance,
    limits,
  }
}

const knobsOf = (design: SweepFixtureOptions["design"]): SweepData["knobs"] => [
  { id: "emission", label: "Tokens minted in an epoch", paths: ["protocols.emissions.tokensPerEpoch"], unit: "tokens" },
  { id: "burn", label: "Share of fees that is burned", paths: ["protocols.burn.share"], unit: "share" },
  ...(design === "grid" ? [] : [{ id: "stake", label: "Stake of a GPU", paths: ["protocols.registry.stakePerGpuTokens"], unit: "tokens" }]),
  ...(design === "cases" ? [{ id: "policy", label: "Matching policy", paths: ["markets.matching.kind"] }] : []),
]

/** Points that fill the ranges evenly: additive recurrence with the roots of x⁴ = x + 1 (Roberts 2018). */
const spreadOut = (index: number): readonly [number, number, number] => {
  const at = (power: number) => (0.5 + index * power) % 1
  return [at(0.8191725134), at(0.6710436067), at(0.5497004779)]
}

const settingsOf = (design: SweepFixtureOptions["design"], points: number): ReadonlyArray<Values> => {
  if (design === "grid") return emissions.flatMap((emission) => burns.map((burn) => ({ emission, burn })))
  if (design === "cases")
    return [
      { emission: 2000, burn: 0, stake: 100, policy: "cheapest" },
      { emission: 1000, burn: 0.2, stake: 200, policy: "cheapest" },
      { emission: 6000, burn: 0.2, stake: 100, policy: "reputation" },
      { emission: 2000, burn: 0.5, stake: 100, policy: "reputation" },
    ]
  return Array.from({ length: points }, (_, index) => {
    const [a, b, c] = spreadOut(index)
    return { emission: Math.round(500 + 7500 * a), burn: Number((0.9 * b).toPrecision(6)), stake: Math.round(50 + 450 * c) }
  })
}

const outcomes: SweepData["outcomes"] = [
  {
    id: "providerProfitUsd.mean",
    metric: "providerProfitUsd",
    window: "mean",
    label: "Profit of all providers",
    unit: "USD",
    description: "Rewards at the price of the day and job revenue, less energy and hardware.",
  },
  {
    id: "priceUsd.end",
    metric: "priceUsd",
    window: "end",
    label: "Price in the pool",
    unit: "USD/token",
    description: "Of the main pool.",
  },
  { id: "supplyTokens.end", metric: "supplyTokens", window: "end", label: "Supply", unit: "tokens", description: "All tokens that exist." },
  { id: "utilisation.mean", metric: "utilisation", window: "mean", label: "Utilisation", unit: "share", description: "Of the GPUs on." },
]

const objectives = [
  { metric: "providerProfitUsd", label: "Profit of all providers", unit: "USD", window: "mean", op: ">=", value: 0, probability: 0.6 },
  { metric: "priceUsd", label: "Price in the pool", unit: "USD/token", window: "end", op: ">=", value: 0.4, probability: 0.6 },
] as const

/** Emission pays providers and presses on the price, burning carries the price, stake does next to nothing; the seed shifts all of it. */
const outcomeOf = (id: string, knobs: Values, seed: string, variant: number): number => {
  const shared = stream(seed, "fixture sweep").normal()
  const own = stream(seed, `fixture sweep ${id} ${variant}`).normal()
  const emission = Number(knobs["emission"]) / 2000
  const burn = Number(knobs["burn"])
  const stake = Number(knobs["stake"] ?? 100) / 100
  const price = (0.62 / (0.55 + 0.45 * emission * (1 - 0.5 * burn))) * (1 + 0.25 * burn) + 0.04 * shared + 0.006 * own
  switch (id) {
    case "priceUsd.end":
      return Math.max(0.01, price)
    case "supplyTokens.end":
      return 1e7 + 120_000 * emission * (1 - 0.6 * burn) - 40_000 * burn + 900 * own
    case "utilisation.mean":
      return 0.62 + 0.02 * shared
    default:
      return 2400 * emission * price - 1500 * emission - 420 * burn - 8 * stake + 140 * shared + 35 * own
  }
}

const score = (mean: (id: string, variant: number) => number, variant: number): number =>
  -mean("providerProfitUsd.mean", variant) + (mean("supplyTokens.end", variant) - 1e7) / 400

const isBeaten = (mean: (id: string, variant: number) => number, variant: number, count: number): boolean =>
  Array.from({ length: count }, (_, other) => other).some(
    (other) =>
      mean("providerProfitUsd.mean", other) > mean("providerProfitUsd.mean", variant) &&
      mean("supplyTokens.end", other) < mean("supplyTokens.end", variant),
  )

const sensitivityOf = (method: "morris" | "sobol", runs: number): NonNullable<SweepData["sensitivity"]> => {
  const bounded = (value: number, half: number) => ({ value, low: value - half, high: value + half })
  const table = { emission: [0.58, 0.66], burn: [0.27, 0.36], stake: [0.004, 0.006] } as const
  const rows = Object.entries(table)
  const noiseShare = bounded(0.21, 0.04)
  return method === "morris"
    ? {
        method,
        runs,
        byOutcome: Object.fromEntries(
          outcomes.map(({ id }) => [
            id,
            {
              knobs: rows.map(([knob, [first, total]]) => ({
                knob,
                muStar: bounded(900 * first, 60),
                mu: bounded(700 * first, 60),
                sigma: bounded(1200 * (total - first), 40),
              })),
              noiseShare,
            },
          ]),
        ),
      }
    : {
        method,
        runs,
        byOutcome: Object.fromEntries(
          outcomes.map(({ id }) => [
            id,
            {
              knobs: rows.map(([knob, [first, total]]) => ({ knob, first: bounded(first, 0.06), total: bounded(total, 0.05) })),
              noiseShare,
            },
          ]),
        ),
      }
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

const written = ({ count, mean, low, high }: MeanInterval) => ({ count, mean: known(mean), low: known(low), high: known(high) })

const hex = (text: string, digits: number): string => {
  const rng = stream(text, "fixture hex")
  return Array.from({ length: digits }, () => Math.floor(rng.uniform() * 16).toString(16)).join("")
}
