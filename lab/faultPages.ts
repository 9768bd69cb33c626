import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { agents } from "../agents/index.ts"
import { amount, change, changeRange } from "../reports/amount.ts"
import { cast } from "../sim/actor.ts"
import { type Fault, faultLabel } from "../sim/faults/index.ts"
import { genesis } from "../sim/genesis.ts"
import type { Row } from "../sim/metric.ts"
import { run } from "../sim/run.ts"
import { memoryLedger } from "../sim/testing/memoryLedger.ts"
import { faultChart } from "./faultChart.ts"
import { faultEffect, type Paths, valueOf } from "./faultEffect.ts"
import { execute } from "./execution/execute.ts"
import { type FaultFragment, fragmentNames, fragmentPath, readFragment } from "./faultFragment.ts"
import { aggregate } from "./reportOf.ts"
import { type CheckedScenario, readScenario } from "./scenarioFile.ts"

// Measures every shipped fault in the baseline and writes what it found into docs/faults.md, between the marks, and the charts beside it:
//   node lab/faultPages.ts [NAME...]
// The runs are those of `lab compare`, on the in-process twin of the contracts, which tests hold to the chain to the wei: minutes, not an hour.

const base = "scenarios/baseline.yaml"
const page = "docs/faults.md"
const folder = "docs/faults"
const seeds = ["1", "2", "3", "4", "5"]
/** A fault that needs a contract of its own has a scenario of its own, which is played on the chain with and without it. */
const exploit = "market-exploit"
const exploitMoves: FaultFragment["moves"] = [
  { metric: "stolenUsd", of: "growth", direction: "up" },
  { metric: "jobsServed", of: "mean", direction: "down" },
]

const play = ({ scenario, catalogue }: CheckedScenario): Paths =>
  new Map(
    seeds.map((seed) => {
      const rows: Array<Row> = []
      const ledger = memoryLedger(genesis(scenario, cast(scenario, agents, seed)))
      Effect.runSync(Effect.provide(run({ scenario, catalogue, agents, seed, onTick: ({ row }) => rows.push(row) }), ledger))
      return [seed, rows]
    }),
  )

const playOnChain = async ({ scenario, catalogue }: Pick<CheckedScenario, "scenario" | "catalogue">): Promise<Paths> => {
  const paths = new Map<string, ReadonlyArray<Row>>()
  for (const seed of seeds) {
    const rows: Array<Row> = []
    await Effect.runPromise(execute({ scenario, catalogue, seed }, { onTick: ({ row }) => rows.push(row) }))
    paths.set(seed, rows)
  }
  return paths
}

const daily = (
  paths: Paths,
  metric: string,
  how: Parameters<typeof aggregate>[0],
  ticksPerDay: number,
): ReadonlyArray<ReadonlyArray<number>> =>
  [...paths.values()].map((rows) =>
    Array.from({ length: Math.floor(rows.length / ticksPerDay) }, (_, day) =>
      aggregate(
        how,
        rows.slice(day * ticksPerDay, (day + 1) * ticksPerDay).map((row) => valueOf(row, metric)),
      ),
    ),
  )

interface Measured {
  readonly name: string
  readonly baseName: string
  readonly moves: FaultFragment["moves"]
  readonly fault: Fault | undefined
  readonly calendar: CheckedScenario["scenario"]["calendar"]
  readonly without: Paths
  readonly hit: Paths
}

const measuredFragment = (name: string, without: Paths): string => {
  const { value: fragment } = readFragment(fragmentPath(name))
  const checked = readScenario(base, [fragmentPath(name)])
  const { moves, faults } = fragment
  return measured({ name, baseName: "baseline", moves, fault: faults[0], calendar: checked.scenario.calendar, without, hit: play(checked) })
}

const measuredExploit = async (): Promise<string> => {
  const checked = readScenario(`scenarios/${exploit}.yaml`)
  const { scenario, catalogue } = checked
  const without = await playOnChain({ scenario: { ...scenario, faults: [] }, catalogue })
  const hit = await playOnChain(checked)
  const { calendar, faults } = scenario
  return measured({ name: exploit, baseName: "without a thief", moves: exploitMoves, fault: faults[0], calendar, without, hit })
}

const measured = ({ name, baseName, moves, fault, calendar, without, hit }: Measured): string => {
  const effects = moves.map((move) => faultEffect(move, without, hit, fault!, calendar.ticksPerDay))
  const [first] = effects
  const chart = faultChart({
    title: first!.metric.label,
    unit: first!.metric.unit,
    days: calendar.days,
    without: { label: baseName, bySeed: daily(without, first!.move.metric, first!.metric.daily, calendar.ticksPerDay) },
    with: { label: `with ${name}`, bySeed: daily(hit, first!.move.metric, first!.metric.daily, calendar.ticksPerDay) },
    fault: { label: faultLabel(fault!), fromDay: fault!.fromDay, toDay: fault!.toDay },
  })
  writeFileSync(join(folder, `${name}.svg`), chart)
  const rows = effects.map(({ move, metric, without: before, with: after, difference }) => {
    const { unit } = metric
    return `| ${[
      `\`${move.metric}\``,
      move.of === "mean" ? "mean of its ticks" : "growth",
      amount(before, unit),
      amount(after, unit),
      `${change(difference.mean, unit)} (${changeRange(difference.low, difference.high, unit)})`,
    ].join(" | ")} |`
  })
  return [
    "",
    `![${first!.metric.label} without and with ${name}, five seeds](faults/${name}.svg)`,
    "",
    `| metric | while it is on | ${baseName} | with it | difference (95 % interval) |`,
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n")
}

mkdirSync(folder, { recursive: true })
const names = process.argv.length > 2 ? process.argv.slice(2) : [...fragmentNames(), exploit]
const without = names.some((name) => name !== exploit) ? play(readScenario(base)) : new Map()
let text = readFileSync(page, "utf8")
for (const name of names) {
  const marks = [`<!-- measured: ${name} -->`, "<!-- end -->"] as const
  const start = text.indexOf(marks[0])
  if (start < 0) throw new Error(`${page} has no place for ${name}: write ${marks.join(" and ")}`)
  const end = text.indexOf(marks[1], start)
  const found = name === exploit ? await measuredExploit() : measuredFragment(name, without)
  text = `${text.slice(0, start + marks[0].length)}\n${found}\n${text.slice(end)}`
}
writeFileSync(page, text)
