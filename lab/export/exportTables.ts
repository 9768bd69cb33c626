import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parquetMetadata } from "hyparquet"
import { metricOf, type Row } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { mean } from "../../sim/stats/mean.ts"
import { readRun, readTable, type StoredRun } from "../runStore.ts"
import { csvTable } from "./csvTable.ts"
import type { ExportRun, ExportSource } from "./exportSource.ts"
import { type Cell, type ExportColumn, type ExportRow, parquetTable, type TableWriter } from "./parquetTable.ts"

export type ExportFormat = "parquet" | "csv"

/** What was exported, for those who describe it. */
export interface ExportedTable {
  readonly name: "runs" | "series" | "agents"
  readonly file: string
  readonly rows: number
  readonly columns: ReadonlyArray<ExportColumn & { readonly description: string }>
}

export interface Exported {
  readonly tables: ReadonlyArray<ExportedTable>
  /** One run of each scenario, in the order in which they first appear; only the first for a sweep, whose variants differ by knobs. */
  readonly examples: ReadonlyArray<StoredRun>
  /** When the last run began, as its host wrote it. */
  readonly lastStartedAt: string
}

const agentTexts = ["id", "kind", "role", "group", "gpu"]

/** Writes `runs`, `series` and `agents`, run by run: no more than one run and one row group are in memory. Throws `ResultInvalid`. */
export const exportTables = async (source: ExportSource, out: string, format: ExportFormat): Promise<Exported> => {
  const { rowColumns, agentColumns } = columnsOf(source.runs)
  const examples = new Map<string, StoredRun>()
  let lastStartedAt = ""
  const knobs = source.sweep?.knobs ?? []
  const columns = {
    runs: [
      text("run_id", "Hash of everything that went into the run"),
      text("scenario", "Name of the scenario"),
      text("scenario_hash", "Hash of the scenario with all its defaults"),
      text("seed", "Random numbers of the run; equal seeds share them across variants"),
      ...(source.sweep === undefined ? [] : [whole("variant", "Place of the variant in the sweep, from 0")]),
      ...knobs.map(({ id, label, unit, paths }) => ({
        name: `knob.${id}`,
        type: isNumeric(source, id) ? ("DOUBLE" as const) : ("STRING" as const),
        description: `${label}${unit === undefined ? "" : ` [${unit}]`}: ${paths.join(", ")}`,
      })),
      whole("ticks", "Simulated steps"),
      whole("transactions", "Transactions on the chain"),
      whole("reverts", "Transactions that were refused"),
      text("digest", "sha256 over every row, every event and the final state"),
      ...(source.sweep?.outcomes ?? []).map(({ id, label, unit, window }) => number(`outcome.${id}`, `${label}, ${window} [${unit}]`)),
      ...rowColumns.flatMap((name) => [
        number(`${name}.mean`, `${describe(name)}; mean of ticks`),
        number(`${name}.end`, `${describe(name)}; last tick that has one`),
      ]),
    ],
    series: [
      text("run_id", "As in runs"),
      whole("tick", "From 1"),
      number("day", "End of the tick in days since the start"),
      ...rowColumns.map((name) => number(name, describe(name))),
    ],
    agents: [
      text("run_id", "As in runs"),
      ...agentTexts.map((name) => text(`agent_${name}`, `The agent's ${name}`)),
      ...agentColumns.map((name) => number(name, "As of the end of the run")),
    ],
  }
  const open = (name: keyof typeof columns): TableWriter => {
    const path = join(out, `${name}.${format}`)
    return format === "csv" ? csvTable(path, columns[name]) : parquetTable(path, columns[name], { depinlab: source.title })
  }
  const writers = { runs: open("runs"), series: open("series"), agents: open("agents") }
  const rows = { runs: 0, series: 0, agents: 0 }
  const write = (name: keyof typeof writers, added: ReadonlyArray<ExportRow>) => {
    rows[name] += added.length
    writers[name].add(added)
  }
  for (const exportRun of source.runs) {
    const run = readRun(exportRun.path)
    const { manifest } = run
    if (source.sweep === undefined || examples.size === 0)
      if (!examples.has(manifest.scenarioHash)) examples.set(manifest.scenarioHash, run)
    const host = JSON.parse(readFileSync(join(run.path, "host.json"), "utf8")) as { readonly startedAt?: string }
    if ((host.startedAt ?? "") > lastStartedAt) lastStartedAt = host.startedAt ?? ""
    const table = (await readTable(run.path, "rows")) as ReadonlyArray<Row>
    const { ticksPerDay } = manifest.scenario.calendar
    write(
      "series",
      table.map((row) => [manifest.id, row["tick"]!, row["tick"]! / ticksPerDay, ...rowColumns.map((name) => cell(row[name]))]),
    )
    const agents = await readTable(run.path, "agents")
    write(
      "agents",
      agents.map((agent) => [
        manifest.id,
        ...agentTexts.map((name) => String(agent[name])),
        ...agentColumns.map((name) => cell(agent[name])),
      ]),
    )
    write("runs", [runRow(source, exportRun, run, table, rowColumns)])
  }
  for (const writer of Object.values(writers)) writer.close()
  return {
    tables: (["runs", "series", "agents"] as const).map((name) => ({
      name,
      file: `${name}.${format}`,
      rows: rows[name],
      columns: columns[name],
    })),
    examples: [...examples.values()],
    lastStartedAt,
  }
}

const runRow = (
  { sweep }: ExportSource,
  { variant, seed }: ExportRun,
  { manifest }: StoredRun,
  table: ReadonlyArray<Row>,
  rowColumns: ReadonlyArray<string>,
): ExportRow => {
  const values = variant === undefined ? {} : (sweep?.variants[variant]?.values ?? {})
  return [
    manifest.id,
    manifest.scenario.name,
    manifest.scenarioHash,
    manifest.seed,
    ...(variant === undefined ? [] : [variant]),
    ...(sweep?.knobs ?? []).map(({ id }): Cell => {
      const value = values[id]
      return value === undefined ? null : typeof value === "boolean" ? String(value) : value
    }),
    manifest.ticks,
    manifest.transactions,
    manifest.reverts,
    manifest.digest,
    ...(sweep?.outcomes ?? []).map(({ id }): Cell => sweep?.values?.[id]?.[variant ?? -1]?.[seed ?? -1] ?? null),
    ...rowColumns.flatMap((name) => {
      const known = table.map((row) => row[name] ?? NaN).filter((value) => !Number.isNaN(value))
      return [cell(mean(known)), cell(known.at(-1))]
    }),
  ]
}

/** The columns of all runs in the order in which they first appear, from the files' footers alone. */
const columnsOf = (runs: ReadonlyArray<ExportRun>) => {
  const [rowColumns, agentColumns] = [new Set<string>(), new Set<string>()]
  for (const { path } of runs) {
    for (const name of namesIn(join(path, "rows.parquet"))) if (name !== "tick") rowColumns.add(name)
    for (const name of namesIn(join(path, "agents.parquet"))) if (!agentTexts.includes(name)) agentColumns.add(name)
  }
  return { rowColumns: [...rowColumns], agentColumns: [...agentColumns] }
}

const namesIn = (path: string): ReadonlyArray<string> =>
  parquetMetadata(new Uint8Array(readFileSync(path)).buffer)
    .schema.slice(1)
    .map(({ name }) => name)

const isNumeric = ({ sweep }: ExportSource, knob: string): boolean =>
  sweep?.variants.every(({ values }) => typeof values[knob] === "number") ?? false

const describe = (column: string): string => {
  const metric = metricOf(metrics, column)
  return metric === undefined ? column : `${metric.label} [${metric.unit}]: ${metric.description}`
}

const cell = (value: unknown): number | null => (typeof value === "number" && !Number.isNaN(value) ? value : null)

const text = (name: string, description: string) => ({ name, type: "STRING" as const, description })
const whole = (name: string, description: string) => ({ name, type: "INT32" as const, description })
const number = (name: string, description: string) => ({ name, type: "DOUBLE" as const, description })
