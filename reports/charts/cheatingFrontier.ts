import { logCrossing, deterrenceClasses, type Tally } from "../../sim/proofs/frontier.ts"
import { meanInterval } from "../../sim/stats/mean.ts"
import { wilson } from "../../sim/stats/wilson.ts"
import { amount, range } from "../amount.ts"
import type { ChartMaker } from "../chart.ts"
import { scenarioLegend } from "../fanChart.ts"
import type { CurveLine, CurvePoint } from "../figure.ts"
import type { Report } from "../report.ts"

/** Whether providers stop to cheat where the closed form has them stop. */
export const cheatingFrontier: ChartMaker = (report) => {
  const scenarios = report.scenarioNames.map((name, scenario) => ({ name, tallies: talliesOf(report, scenario) }))
  const lines = scenarios.map(({ name, tallies }, style): CurveLine => ({ label: name, style, points: pointsOf(tallies) }))
  if (lines.every(({ points }) => points.length === 0)) return undefined
  const rows = lines.flatMap(({ label, points }) =>
    points.map(({ from, to, share, low, high, count }) => [label, from, to, count, share * 100, low * 100, high * 100]),
  )
  return {
    id: "cheating-frontier",
    title: "Where does cheating stop to pay?",
    reading: scenarios.map(({ name, tallies }) => read(report.isCompare ? `In ${name} h` : "H", tallies)).join(" "),
    caption:
      "Deterrence is p (R + S) / C: the chance to be found out in an epoch, times the reward and the slash that this costs, over what cheating saves. " +
      "At 1 a provider that knows all of this is indifferent (Becker 1968). Dots: epochs of all providers and seeds together, by class of deterrence; bars: 95 % " +
      "intervals that take epochs for independent (Wilson). The crossing is estimated for each seed (Spearman and Kärber), its interval is over seeds.",
    legend: report.isCompare ? scenarioLegend(report) : [],
    figures: [
      { kind: "curve", heading: "Epochs with cheating", axis: "deterrence, p (R + S) / C", lines, rule: { at: 1, label: "closed form" } },
    ],
    table: { header: ["Scenario", "Deterrence from", "to", "Epochs", "With cheating, %", "Low, %", "High, %"], rows },
    download: {
      header: ["Scenario", "Seed", "Deterrence from", "Epochs", "With cheating"],
      rows: scenarios.flatMap(({ name, tallies }) =>
        [...tallies].flatMap(([seed, { weighed, cheated }]) =>
          deterrenceClasses.map((percent, at) => [name, seed, percent / 100, weighed[at]!, cheated[at]!]),
        ),
      ),
    },
  }
}

const talliesOf = (report: Report, scenario: number): ReadonlyMap<string, Tally> => {
  const last = (metric: string, percent: number) =>
    new Map(
      report
        .series(`${metric}.${percent}`, scenario)
        .map(({ seed, values }) => [seed, values.findLast((value) => !Number.isNaN(value)) ?? 0]),
    )
  const weighed = deterrenceClasses.map((percent) => last("weighedEpochs", percent))
  const cheated = deterrenceClasses.map((percent) => last("cheatedEpochs", percent))
  const seeds = [...new Set(weighed.flatMap((bySeed) => [...bySeed.keys()]))]
  const of = (counts: ReadonlyArray<ReadonlyMap<string, number>>, seed: string) => counts.map((bySeed) => bySeed.get(seed) ?? 0)
  return new Map(seeds.map((seed) => [seed, { weighed: of(weighed, seed), cheated: of(cheated, seed) }]))
}

/** The lowest class is drawn from half of its upper end, the highest to twice its lower end. */
const pointsOf = (tallies: ReadonlyMap<string, Tally>): ReadonlyArray<CurvePoint> =>
  deterrenceClasses.flatMap((percent, at) => {
    const sum = (key: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[key][at]!, 0)
    const [weighed, cheated] = [sum("weighed"), sum("cheated")]
    if (weighed === 0) return []
    const to = deterrenceClasses[at + 1] ?? 2 * percent
    const bySeed = [...tallies].flatMap(([seed, tally]) =>
      tally.weighed[at]! > 0 ? [[seed, tally.cheated[at]! / tally.weighed[at]!] as const] : [],
    )
    return [
      {
        from: (percent === 0 ? to / 2 : percent) / 100,
        to: to / 100,
        share: cheated / weighed,
        ...wilson(cheated, weighed),
        count: weighed,
        bySeed: new Map(bySeed),
      },
    ]
  })

const read = (beginning: string, tallies: ReadonlyMap<string, Tally>): string => {
  const logs = [...tallies.values()].map(logCrossing).filter((log) => !Number.isNaN(log))
  if (logs.length === 0) return `${beginning}onest and cheating epochs never divide: 0 crossings.`
  const { mean, low, high } = meanInterval(logs)
  const at = amount(Math.exp(mean), "")
  const interval =
    logs.length > 1 ? ` (95 % interval ${range(Math.exp(low), Math.exp(high), "")} over ${logs.length} seeds)` : " (one seed)"
  return `${beginning}alf of the providers cheat where deterrence is ${at}${interval}; the closed form says 1.`
}
