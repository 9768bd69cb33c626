import { readFileSync, writeFileSync } from "node:fs"
import { type Rng, stream } from "../sim/rng.ts"
import { batchMeans } from "../sim/stats/batchMeans.ts"
import { meanInterval } from "../sim/stats/mean.ts"
import { normalQuantile } from "../sim/stats/normal.ts"
import { quantileInterval } from "../sim/stats/quantileInterval.ts"
import { isTooSkewed, skewness } from "../sim/stats/skewness.ts"
import { stoppingState } from "../sim/stats/stoppingRule.ts"
import { wilson } from "../sim/stats/wilson.ts"

/** Measures how often each 95 % interval holds the truth, and writes the table into docs/statistics.md: node lab/coverageTable.ts */

interface Bounds {
  readonly low: number
  readonly high: number
}

interface Law {
  readonly name: string
  readonly mean: number
  readonly median: number
  readonly p90: number
  readonly draw: (rng: Rng, count: number) => ReadonlyArray<number>
}

const PHI = 0.8
/** Of a standard normal: the z below which 90 % lie. */
const Z90 = normalQuantile(0.9)
const counts = [5, 10, 20, 200]

const independent = (draw: (rng: Rng) => number) => (rng: Rng, count: number) => Array.from({ length: count }, () => draw(rng))

const laws: ReadonlyArray<Law> = [
  { name: "normal", mean: 0, median: 0, p90: Z90, draw: independent((rng) => rng.normal()) },
  // The logarithm has a spread of 1: skewness 6.2.
  { name: "log-normal", mean: Math.exp(0.5), median: 1, p90: Math.exp(Z90), draw: independent((rng) => rng.lognormal(1, 1)) },
  { name: "Bernoulli 0.3", mean: 0.3, median: 0, p90: 1, draw: independent((rng) => (rng.chance(0.3) ? 1 : 0)) },
  // Each value 0.8 of the one before and fresh noise.
  {
    name: "autocorrelated 0.8",
    mean: 0,
    median: 0,
    p90: Z90 / Math.sqrt(1 - PHI * PHI),
    draw: (rng, count) => {
      let value = rng.normal() / Math.sqrt(1 - PHI * PHI)
      return Array.from({ length: count }, () => (value = PHI * value + rng.normal()))
    },
  },
]

interface Method {
  readonly name: string
  readonly repetitions: number
  readonly laws: ReadonlyArray<string>
  readonly truth: (law: Law) => number
  readonly interval: (values: ReadonlyArray<number>) => Bounds
}

const sum = (values: ReadonlyArray<number>) => values.reduce((total, value) => total + value, 0)
const all = laws.map(({ name }) => name)
const ofMean = (law: Law) => law.mean

/** A side that the sample cannot bound holds everything. */
const opened = ({ low, high }: Bounds): Bounds => ({ low: Number.isNaN(low) ? -Infinity : low, high: Number.isNaN(high) ? Infinity : high })

const methods: ReadonlyArray<Method> = [
  { name: "mean, t (also of paired differences)", repetitions: 2000, laws: all, truth: ofMean, interval: (values) => meanInterval(values) },
  { name: "mean, batch means", repetitions: 2000, laws: all, truth: ofMean, interval: (values) => batchMeans(values) },
  {
    name: "median, order statistics",
    repetitions: 2000,
    laws: ["normal", "log-normal", "autocorrelated 0.8"],
    truth: ({ median }) => median,
    interval: (values) => opened(quantileInterval(values, 0.5)),
  },
  {
    name: "90th percentile, order statistics",
    repetitions: 2000,
    laws: ["normal", "log-normal", "autocorrelated 0.8"],
    truth: ({ p90 }) => p90,
    interval: (values) => opened(quantileInterval(values, 0.9)),
  },
  {
    name: "share, Wilson",
    repetitions: 2000,
    laws: ["Bernoulli 0.3"],
    truth: ofMean,
    interval: (values) => wilson(sum(values), values.length),
  },
]

/** Share that held, with its own standard error; "none" where the method gives no interval for so few values. */
const cell = (method: Method, law: Law, count: number): string => {
  const rng = stream("coverage", method.name, law.name, String(count))
  const truth = method.truth(law)
  let held = 0
  for (let i = 0; i < method.repetitions; i++) {
    const { low, high } = method.interval(law.draw(rng, count))
    if (Number.isNaN(low)) return "none"
    if (low <= truth && truth <= high) held++
  }
  return percent(held, method.repetitions)
}

const percent = (held: number, of: number): string => {
  const share = held / of
  return `${(100 * share).toFixed(1)} ± ${(100 * Math.sqrt((share * (1 - share)) / of)).toFixed(1)}`
}

const STOPS = 300

/** Coverage of the interval at which the rule stopped, with the mean number of values it took. */
const stopped = ({ name, mean, draw }: Law, halfWidth: number): ReadonlyArray<string> => {
  const rng = stream("coverage", "anytime", name)
  let [held, taken] = [0, 0]
  for (let i = 0; i < STOPS; i++) {
    const values: number[] = []
    for (;;) {
      values.push(draw(rng, 1)[0]!)
      const { isReached, interval } = stoppingState({ halfWidth }, values)
      if (!isReached) continue
      if (interval.low <= mean && mean <= interval.high) held++
      taken += values.length
      break
    }
  }
  return [name, String(halfWidth), percent(held, STOPS), (taken / STOPS).toFixed(0)]
}

const WARNINGS = 2000

/** Percent of samples that look too skewed for their number. */
const warned = ({ name, draw }: Law, count: number): string => {
  const rng = stream("coverage", "skewness", name, String(count))
  const isWarned = () => isTooSkewed(count, skewness(draw(rng, count)))
  return percent(Array.from({ length: WARNINGS }, isWarned).filter(Boolean).length, WARNINGS)
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")

const coverage = table(
  ["interval", "values", ...counts.map((count) => `n = ${count}`), "repetitions"],
  methods.flatMap((method) =>
    laws
      .filter(({ name }) => method.laws.includes(name))
      .map((law) => [method.name, law.name, ...counts.map((count) => cell(method, law, count)), String(method.repetitions)]),
  ),
)
const stops = table(
  ["values", "half-width", "coverage at the stop, %", "values taken (mean)"],
  laws.slice(0, 3).map((law) => stopped(law, law.name === "Bernoulli 0.3" ? 0.2 : 0.5)),
)

const warnings = table(
  ["values", ...counts.map((count) => `n = ${count}`)],
  laws.slice(0, 3).map((law) => [law.name, ...counts.map((count) => warned(law, count))]),
)

const page = "docs/statistics.md"
const [before, after] = ["<!-- coverage -->", "<!-- end of coverage -->"]
const text = readFileSync(page, "utf8")
writeFileSync(
  page,
  `${text.slice(0, text.indexOf(before) + before.length)}\n\n${coverage}\n\n${stops}\n\n${warnings}\n\n${text.slice(text.indexOf(after))}`,
)
