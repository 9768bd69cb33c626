import { dirname, join } from "node:path"
import { Schema } from "effect"
import { jobsOfDay } from "../sim/jobs/demand/table.ts"
import { type DataFile, readText, ScenarioInvalid } from "./dataFile.ts"
import { isMapping, type Mapping, valueAt } from "./mapping.ts"
import { printable } from "./printable.ts"
import { schemaProblems } from "./schemaProblems.ts"

/** How a buyer names a table of demand that stands in the scenario's folder or below. */
const Reference = Schema.Struct({
  file: Schema.String.check(Schema.isPattern(/^\w[\w-]*(\/\w[\w-]*)*\.csv$/)).annotate({
    title: "the name of a CSV file in the scenario's folder, such as jobs.csv",
  }),
})

const header = "day,jobs"

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

/** The second column of lines `day,jobs`, in which days count from 0; lines with # say where the numbers are from. */
const readJobs = (path: string): ReadonlyArray<number> => {
  const lines = readText(path)
    .split(/\r?\n/)
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"))
  const [first, ...rows] = lines
  if (first?.text !== header) throw new ScenarioInvalid({ message: `${path}:${first?.number ?? 1}: expected the heading ${header}` })
  return rows.map(({ text, number }, day) => {
    const [, shownDay, digits] = /^(\d+),\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i.exec(text) ?? []
    const jobs = Number(digits)
    if (shownDay !== String(day) || schemaProblems(jobsOfDay, jobs).problems.length > 0)
      throw new ScenarioInvalid({
        message: `${path}:${number}: got ${printable(text, 60)}, expected day ${day}, a comma and 0 to 1000000 jobs, such as ${day},40`,
      })
    return jobs
  })
}
