import { readFileSync } from "node:fs"
import { SweepData } from "../reports/sweepData.ts"
import { printable } from "./printable.ts"
import { ResultInvalid } from "./runStore.ts"
import { schemaProblems } from "./schemaProblems.ts"

const ending = ".sweep.json"

export const isSweepResult = (path: string): boolean => path.endsWith(ending)

/** The result of a sweep, as `lab sweep` wrote it. Throws `ResultInvalid`. */
export const readSweepResult = (path: string): SweepData => {
  let data: unknown
  try {
    data = JSON.parse(readFileSync(path, "utf8"))
  } catch (error) {
    const what = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : "is no JSON"
    throw new ResultInvalid({ message: `${path}: ${what}; name the <name>${ending} that \`lab sweep\` wrote` })
  }
  const { value, problems } = schemaProblems(SweepData, data)
  if (value === undefined || problems.length > 0) {
    const [problem] = problems
    const where = problem === undefined ? "" : ` (${problem.path.join(".")}: ${printable(problem.message)})`
    throw new ResultInvalid({ message: `${path}: is not the result of a sweep that this version reads${where}; run the sweep again` })
  }
  return value
}
