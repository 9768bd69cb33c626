import { stringify } from "yaml"
import type { LiquidityOutcome } from "../sim/liquidity/liquidityOutcome.ts"
import { faultLabel } from "../sim/faults/index.ts"
import { metricOf, type Metric, type Row } from "../sim/metric.ts"
import { metrics } from "../sim/metrics/index.ts"
import type { Profile } from "../sim/profile.ts"
import { unlock } from "../sim/protocols/vesting.ts"
import { mean } from "../sim/stats/mean.ts"
import type { ReportData } from "../reports/reportData.ts"
import { modelLimits } from "./modelLimits.ts"
import { ownersOf } from "./owners.ts"
import { judge, type Judgement } from "./objective.ts"
import type { RunManifest } from "./runManifest.ts"
import { number } from "./print.ts"
import { readTable, type StoredRun } from "./runStore.ts"

/** The runs of one scenario with what they left behind. */
export interface RunGroup {
  readonly runs: ReadonlyArray<StoredRun>
  readonly rows: ReadonlyArray<ReadonlyArray<Row>>
  readonly agents: ReadonlyArray<ReadonlyArray<Readonly<Record<string, unknown>>>>
  readonly liquidity: ReadonlyArray<ReadonlyArray<LiquidityOutcome>>
  readonly judgements: ReadonlyArray<Judgement>
}

/** Reads the tables of all runs of one scenario, and judges its objectives. */
export const openGroup = async (runs: ReadonlyArray<StoredRun>): Promise<RunGroup> => {
  const rows: Array<ReadonlyArray<Row>> = []
  const agents: Array<RunGroup["agents"][number]> = []
  const liquidity: Array<RunGroup["liquidity"][number]> = []
  for (const { path } of runs) {
    rows.push((await readTable(path, "rows")) as ReadonlyArray<Row>)
    agents.push(await readTable(path, "agents"))
    liquidity.push((await readTable(path, "liquidity")) as unknown as ReadonlyArray<LiquidityOutcome>)
  }
  return { runs, rows, agents, liquidity, judgements: scenarioOf(runs).objectives.map((objective) => judge(objective, rows)) }
}

export const scenarioOf = (runs: ReadonlyArray<StoredRun>): RunManifest["scenario"] => runs[0]!.manifest.scenario

/** The columns that all runs of all groups have; a family's total goes by the family's name. */
export const columnsOf = (
  groups: ReadonlyArray<RunGroup>,
): ReadonlyArray<{ readonly name: string; readonly column: string; readonly metric: Metric }> => {
  const columns = new Set(groups.flatMap(({ rows }) => rows.flatMap((table) => Object.keys(table[0] ?? {}))))
  return [...columns].flatMap((column) => {
    const metric = metricOf(metrics, column)
    return metric === undefined ? [] : [{ name: column.replace(/\.all$/, ""), column, metric }]
  })
}

/** All that one report shows. The second group, if there is one, is compared with the first. */
export const reportOf = (groups: ReadonlyArray<RunGroup>): ReportData => {
  const manifests = groups.map(({ runs }) => runs[0]!.manifest)
  const names = manifests.map(({ scenario }) => scenario.name)
  const columns = columnsOf(groups)
  const runs = groups.flatMap((group, scenario) => group.runs.map((run) => ({ ...run, scenario })))
  const series = (column: string, metric: Metric) =>
    groups.flatMap(({ rows, runs: [run] }) =>
      rows.map((table) => daily(table, column, metric, run!.manifest.scenario.calendar.ticksPerDay)),
    )
  return {
    version: 1,
    kind: groups.length > 1 ? "compare" : "run",
    title: names.join(" against "),
    question: manifests.at(-1)!.scenario.question,
    scenarios: manifests.map(({ scenario, scenarioHash }) => describeScenario(scenario, scenarioHash)),
    runs: runs.map(({ path, scenario, manifest: { id, seed, digest, stateRoot, ticks, transactions, reverts } }) => ({
      id,
      scenario,
      seed,
      digest,
      stateRoot,
      ticks,
      transactions,
      reverts,
      replay: `npm run -s lab -- replay ${path}`,
    })),
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, { label, unit, description }]) => [name, { label, unit, description }]),
    ),
    series: Object.fromEntries(columns.map(({ name, column, metric }) => [name, series(column, metric)])),
    agents: groups.flatMap(({ agents }) => agents).flatMap((table, run) => table.map((agent) => agentOf(agent, run))),
    liquidity: groups.flatMap(({ liquidity }) => liquidity).flatMap((table, run) => table.map((outcome) => ({ run, ...outcome }))),
    owners: manifests.flatMap(ownersOf),
    objectives: groups.flatMap(({ judgements }, scenario) =>
      judgements.map((judgement) => ({ ...judgement, scenario, label: metricOf(metrics, judgement.metric)?.label ?? judgement.metric })),
    ),
    shocks: distinct(manifests.flatMap(({ scenario }) => shocksOf(scenario))).map(({ id: _, ...shock }) => shock),
    provenance: provenanceOf(manifests),
    limits: modelLimits,
  }
}

/** What goes wrong or comes suddenly, and the days on which much comes free at once. What both scenarios have is shown once. */
const shocksOf = ({ faults, protocols, calendar }: RunManifest["scenario"]): ReadonlyArray<Marker> => [
  ...faults.map((fault) => marker(faultLabel(fault), fault.fromDay, fault.toDay)),
  ...protocols.vesting
    .map((schedule) => ({ id: schedule.id, ...unlock(schedule) }))
    .filter(({ day, tokens }) => tokens > 0 && day >= 0 && day < calendar.days)
    .map(({ id, day, tokens }) => marker(`unlock ${id}: ${Math.round(tokens)}`, day, Math.min(day + 1, calendar.days))),
]

type Marker = ReportData["shocks"][number] & { readonly id: string }

const marker = (label: string, fromDay: number, toDay: number): Marker => ({ id: `${label} ${fromDay} ${toDay}`, label, fromDay, toDay })

/** A scenario as a page names and shows it. */
export const describeScenario = (scenario: RunManifest["scenario"], hash: string): ReportData["scenarios"][number] => {
  const agentsByKind: Record<string, number> = {}
  for (const { kind, count } of scenario.agents) agentsByKind[kind] = (agentsByKind[kind] ?? 0) + count
  const { days, ticksPerDay } = scenario.calendar
  return { name: scenario.name, hash, days, ticksPerDay, agentsByKind, yaml: stringify(scenario) }
}

/** One value a day, made from the day's ticks as the metric says; null where it has none. */
const daily = (table: ReadonlyArray<Row>, column: string, metric: Metric, ticksPerDay: number): ReadonlyArray<number | null> =>
  Array.from({ length: Math.floor(table.length / ticksPerDay) }, (_, day) => {
    const ticks = table.slice(day * ticksPerDay, (day + 1) * ticksPerDay).map((row) => row[column] ?? NaN)
    const value = aggregate(metric.daily, ticks)
    return Number.isFinite(value) ? value : null
  })

/** Ticks without a value do not count; a sum of none is no value either. */
export const aggregate = (how: Metric["daily"], ticks: ReadonlyArray<number>): number => {
  const values = ticks.filter((value) => !Number.isNaN(value))
  switch (how) {
    case "last":
      return values.at(-1) ?? NaN
    case "mean":
      return mean(values)
    case "sum":
      return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0)
  }
}

const agentOf = (agent: Readonly<Record<string, unknown>>, run: number): ReportData["agents"][number] => {
  const { id, kind, group, gpu } = agent as Readonly<Record<string, string>>
  const values = Object.fromEntries(
    Object.entries(agent).filter(([, value]) => typeof value === "number" && Number.isFinite(value)),
  ) as Record<string, number>
  return { run, id: id!, kind: kind!, group: group!, ...(gpu ? { gpu } : {}), values }
}

/** What made results, and where the figures come from that they are made with. */
export const provenanceOf = (manifests: ReadonlyArray<Pick<RunManifest, "maker" | "catalogue">>): ReportData["provenance"] => {
  const { maker } = manifests[0]!
  const profiles = distinct(manifests.flatMap(({ catalogue }) => catalogue.gpus))
  const clouds = distinct(manifests.flatMap(({ catalogue }) => catalogue.clouds))
  const energies = distinct(manifests.flatMap(({ catalogue }) => catalogue.energies))
  return {
    version: maker.depinlab,
    sourceHash: maker.code,
    node: maker.node,
    anvil: maker.anvil,
    anvilSha256: maker.anvilSha256,
    solc: maker.solc,
    contracts: maker.contracts,
    profiles: profiles.flatMap((profile) =>
      figuresOf(profile).map(([figure, value, { provenance, source }]) => ({
        id: profile.id,
        label: profile.label,
        ...(profile.unit === undefined ? {} : { unit: profile.unit }),
        figure,
        value,
        provenance,
        source,
        date: profile.date,
      })),
    ),
    presets: [
      ...clouds.flatMap(({ id, offers }) =>
        offers.map(({ cloud, instance, gpu, source, date }) => ({ id: `${id}: ${cloud} ${instance} (${gpu})`, source, date })),
      ),
      ...energies.flatMap(({ id, regions }) => regions.map(({ label, source, date }) => ({ id: `${id}: ${label}`, source, date }))),
    ],
  }
}

/** By name, with their values in words. */
const figuresOf = ({ unit = "GPU", workHoursPerGpuHour, joulesPerWorkHour = {}, loadWatts, idleWatts }: Profile) =>
  [
    ...Object.entries(workHoursPerGpuHour).map(([kind, rate]) => [kind, `${number(rate.value)} work h / ${unit} h`, rate] as const),
    ...Object.entries(joulesPerWorkHour).map(
      ([kind, energy]) => [`${kind}, energy`, `${number(energy.value / 1e6)} MJ / work h`, energy] as const,
    ),
    ["load power", `${number(loadWatts.value)} W`, loadWatts],
    ["idle power", `${number(idleWatts.value)} W`, idleWatts],
  ] as const

const distinct = <T extends { readonly id: string }>(items: ReadonlyArray<T>): ReadonlyArray<T> => [
  ...new Map(items.map((item) => [item.id, item])).values(),
]
