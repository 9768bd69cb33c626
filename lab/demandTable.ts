import { dirname, join } from "node:path"
import { Schema } from "effect"
import { jobsOfDay } from "../sim/jobs/demand/table.ts"
import type { DataFile } from "./dataFile.ts"
import { isMapping, type Mapping, valueAt } from "./mapping.ts"
import { schemaProblems } from "./schemaProblems.ts"
import { readTableFile, tableFileName } from "./tableFile.ts"

/** How a buyer names a table of demand that stands in the scenario's folder or below. */
const Reference = Schema.Struct({
  file: tableFileName("jobs.csv"),
})

/**
 * A scenario's `arrivals: { table: { file: NAME.csv } }` of any buyer with the file's numbers in its place, so that they are part of the scenario
 * and of its hash. Throws `ScenarioInvalid`.
 */
export const withDemandTables = (file: DataFile): DataFile => {
  const agents = valueAt(file.data, ["agents"])
  if (!Array.isArray(agents)) return file
  const filled = agents.map((group: unknown, index) => {
    const table = valueAt(group, ["arrivals", "table"])
    if (!isMapping(table) || table["file"] === undefined) return group
    const { value, problems } = schemaProblems(Reference, table)
    if (value === undefined)
      throw file.invalid(problems.map((problem) => ({ ...problem, path: ["agents", index, "arrivals", "table", ...problem.path] })))
    const { arrivals } = group as { readonly arrivals: Mapping }
    return { ...(group as Mapping), arrivals: { ...arrivals, table: { jobsPerDay: readJobs(join(dirname(file.path), value.file)) } } }
  })
  return { ...file, data: { ...(file.data as Mapping), agents: filled } }
}

const readJobs = (path: string): ReadonlyArray<number> =>
  readTableFile(path, {
    row: "day",
    unit: "jobs",
    max: 1_000_000,
    example: 40,
    isValid: (jobs) => schemaProblems(jobsOfDay, jobs).problems.length === 0,
  })
