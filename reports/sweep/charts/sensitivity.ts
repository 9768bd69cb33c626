import { change, distance, percent, range } from "../../amount.ts"
import type { Chart } from "../../chart.ts"
import type { Figure } from "../../figure.ts"
import type { SweepData } from "../../sweepData.ts"
import type { SweepOutcome } from "../sweep.ts"
import { type SweepChartMaker, outcomeText, within } from "../sweepChart.ts"

type Sensitivity = NonNullable<SweepData["sensitivity"]>
type Morris = Extract<Sensitivity, { method: "morris" }>["byOutcome"][string]
type Sobol = Extract<Sensitivity, { method: "sobol" }>["byOutcome"][string]
type Bounded = Morris["noiseShare"]

/** How much of the outcome each knob decides, by the method that the design was made for. */
export const sensitivity: SweepChartMaker = (sweep, { outcome }) => {
  const found = sweep.data.sensitivity
  if (found?.method === "morris") {
    const result = found.byOutcome[outcome.id]
    return result === undefined ? undefined : morris(outcome, result, found.runs)
  }
  const result = found?.byOutcome[outcome.id]
  return found === undefined || result === undefined ? undefined : sobol(outcome, result, found.runs)
}

const open = ({ value, low, high }: Bounded) => ({ value: value ?? NaN, low: low ?? NaN, high: high ?? NaN })

const share = (bounded: Bounded): string => {
  const { value, low, high } = open(bounded)
  return Number.isFinite(low) ? `${percent(value)} (${range(low, high, "share")})` : percent(value)
}

const noise = (noiseShare: Bounded): string =>
  Number.isFinite(open(noiseShare).value) ? ` The seed makes ${share(noiseShare)} of the variance of single runs.` : ""

const morris = (outcome: SweepOutcome, { knobs, noiseShare }: Morris, runs: number): Chart => {
  const ranked = knobs
    .map(({ knob, muStar, mu, sigma }) => ({ label: knob, muStar: open(muStar), mu: open(mu), sigma: open(sigma) }))
    .toSorted((a, b) => b.muStar.value - a.muStar.value)
  const largest = Math.max(0, ...ranked.map(({ muStar }) => muStar.value).filter(Number.isFinite))
  const idle = ranked.filter(({ muStar }) => muStar.value === 0)
  const table = {
    header: ["Knob", "mu*", "mu* low", "mu* high", "mu", "mu low", "mu high", "sigma", "sigma low", "sigma high"],
    rows: ranked.map(({ label, muStar, mu, sigma }) => [
      label,
      ...[muStar, mu, sigma].flatMap(({ value, low, high }) => [value, low, high]),
    ]),
  }
  return {
    id: "sensitivity",
    title: `Which knobs matter for ${within(outcome.label)}?`,
    reading:
      (ranked[0] === undefined
        ? "There are 0 knobs."
        : `${ranked[0].label} matters most: over its range it moves the outcome by ${distance(ranked[0].muStar.value, outcome.unit)} on average.`) +
      (idle.length > 0 ? ` ${idle.map(({ label }) => label).join(", ")} moved it by exactly 0.` : "") +
      noise(noiseShare),
    caption:
      `Morris screening, ${runs} runs. To the right: mean size of a knob's elementary effects (mu*, Campolongo 2007), scaled to its whole range; up: their ` +
      "spread (sigma). Above the line sigma = mu* a knob's effect depends on the other knobs or bends. Bars: 95 % intervals (bootstrap).",
    legend: [],
    figures: [
      {
        kind: "scatter",
        heading: "sigma",
        x: { label: `mu*, ${outcomeText(outcome)}`, unit: outcome.unit, isDistance: true },
        y: { unit: outcome.unit, isDistance: true },
        points: ranked.map(({ label, muStar, sigma, mu }) => ({
          x: muStar.value,
          y: sigma.value,
          xLow: muStar.low,
          xHigh: muStar.high,
          yLow: sigma.low,
          yHigh: sigma.high,
          style: 0,
          name: label,
          heading: label,
          text: `mu* ${distance(muStar.value, outcome.unit)}`,
          detail: `sigma ${distance(sigma.value, outcome.unit)}, mu ${change(mu.value, outcome.unit)}`,
        })),
        paths: [
          {
            style: 6,
            points: [
              [0, 0],
              [largest, largest],
            ],
          },
        ],
        rules: [],
      },
    ],
    table,
    download: table,
  }
}

const sobol = (outcome: SweepOutcome, { knobs, pairs = [], noiseShare }: Sobol, runs: number): Chart => {
  const ranked = knobs
    .map(({ knob, first, total }) => ({ label: knob, first: open(first), total: open(total) }))
    .toSorted((a, b) => b.total.value - a.total.value)
  const alone = ranked.reduce((sum, { first }) => sum + (Number.isFinite(first.value) ? first.value : 0), 0)
  const seed = open(noiseShare)
  const rows = ranked.map(({ label, first, total }) => ({
    label,
    text: `alone ${percent(first.value)}, in all ${percent(total.value)}`,
    bars: [
      { style: 0, name: "alone", to: first.value, low: first.low, high: first.high },
      { style: 1, name: "in all", to: total.value, low: total.low, high: total.high },
    ],
  }))
  const noiseRow = {
    label: "Seed (share of single runs' variance)",
    text: share(noiseShare),
    bars: [{ style: 6, name: "seed", to: seed.value, low: seed.low, high: seed.high }],
  }
  const figure: Figure = {
    kind: "bars",
    heading: "share of variance",
    unit: "share",
    isChange: false,
    origin: 0,
    rows: [...rows, ...(Number.isFinite(seed.value) ? [noiseRow] : [])],
  }
  const table = {
    header: ["Knobs", "Alone (first order)", "Low", "High", "In all (total)", "Low", "High"],
    rows: [
      ...ranked.map(({ label, first, total }) => [label, ...[first, total].flatMap(({ value, low, high }) => [value, low, high])]),
      ...pairs.map(({ knobs: ids, second }) => {
        const { value, low, high } = open(second)
        return [`${ids.join(" with ")} (second order)`, value, low, high, NaN, NaN, NaN]
      }),
      ["Seed, of single runs", seed.value, seed.low, seed.high, NaN, NaN, NaN],
    ],
  }
  return {
    id: "sensitivity",
    title: `Which knobs decide ${within(outcome.label)}?`,
    reading:
      (ranked[0] === undefined
        ? "There are 0 knobs."
        : `${ranked[0].label} decides most: ${percent(ranked[0].total.value)} of the variance between variants in all. Alone, the knobs decide ${percent(alone)}.`) +
      noise(noiseShare),
    caption:
      `Sobol indices, ${runs} runs: the share of the variance between variants that a knob makes alone, and in all with what it does together with others ` +
      "(Saltelli 2010). Lines: 95 % intervals (bootstrap); an estimate may stray below 0. Shares hold for the ranges of this sweep and no others.",
    legend: [
      { label: "alone (first order)", style: 0 },
      { label: "in all (total)", style: 1 },
    ],
    figures: [figure],
    table,
    download: table,
  }
}
