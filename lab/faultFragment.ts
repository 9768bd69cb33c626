import { Schema } from "effect"
import { Fault } from "../sim/faults/index.ts"
import { Id } from "../sim/id.ts"
import { type DataFile, readDataFileAs, ScenarioInvalid } from "./dataFile.ts"
import { isMapping } from "./mapping.ts"
import type { Problem } from "./schemaProblems.ts"

/** A file of faults that composes with any scenario. */
export const FaultFragment = Schema.Struct({
  name: Id,
  question: Schema.String,
  faults: Schema.Array(Fault).check(Schema.isNonEmpty()),
})

/**
 * A scenario with the faults of fragments after its own, and with their names in its name. A problem is shown in the file that wrote the
 * offending value. Throws `ScenarioInvalid`.
 */
export const withFragments = (scenario: DataFile, paths: ReadonlyArray<string>): DataFile =>
  paths.reduce((base, path) => withFragment(base, path), scenario)

const withFragment = (base: DataFile, path: string): DataFile => {
  const { file, value } = readDataFileAs(FaultFragment, path)
  const own = isMapping(base.data) ? (base.data["faults"] ?? []) : undefined
  if (!isMapping(base.data) || !Array.isArray(own)) return base
  const added = (file.data as { readonly faults: ReadonlyArray<unknown> }).faults
  return {
    ...base,
    data: { ...base.data, name: composedName(base.data["name"], value.name), faults: [...own, ...added] },
    invalid: (problems) => {
      const isOfFragment = ({ path: [key, index] }: Problem) => key === "faults" && typeof index === "number" && index >= own.length
      const inFragment = problems
        .filter(isOfFragment)
        .map((problem) => ({ ...problem, path: ["faults", Number(problem.path[1]) - own.length, ...problem.path.slice(2)] }))
      const inBase = problems.filter((problem) => !isOfFragment(problem))
      if (inFragment.length === 0) return base.invalid(inBase)
      if (inBase.length === 0) return file.invalid(inFragment)
      return new ScenarioInvalid({ message: [base.invalid(inBase).message, file.invalid(inFragment).message].join("\n") })
    },
  }
}

const nameLengthMax = 32

/** Both names; what is too long is cut from the scenario's. */
const composedName = (scenario: unknown, fragment: string): unknown =>
  typeof scenario === "string" ? `${scenario.slice(0, Math.max(1, nameLengthMax - 1 - fragment.length))}-${fragment}`.slice(0, nameLengthMax) : scenario
