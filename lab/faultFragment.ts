import { readdirSync } from "node:fs"
import { Schema } from "effect"
import { Fault } from "../sim/faults/index.ts"
import { Id } from "../sim/id.ts"
import { or } from "../sim/quantity.ts"
import { type DataFile, readDataFileAs, ScenarioInvalid } from "./dataFile.ts"
import { isMapping } from "./mapping.ts"
import { metricOf } from "../sim/metric.ts"
import { metrics } from "../sim/metrics/index.ts"
import { packageFile } from "./packageRoot.ts"
import { suggestion } from "./suggestion.ts"
import type { Problem } from "./schemaProblems.ts"

/** A metric that a fault changes: its mean while the fault is on, or how much a total grows until what happened is settled. */
const Move = Schema.Struct({
  metric: Schema.String,
  of: Schema.Literals(["mean", "growth"]).pipe(or("mean" as const)),
  direction: Schema.Literals(["up", "down"]),
})
export type Move = typeof Move.Type

/** A file of faults that composes with any scenario. */
export const FaultFragment = Schema.Struct({
  name: Id,
  question: Schema.String,
  /** What it is expected to change, the first most of all; a test holds the fragments that are shipped to it. */
  moves: Schema.Array(Move).check(Schema.isNonEmpty()),
  faults: Schema.Array(Fault).check(Schema.isNonEmpty()),
})

export type FaultFragment = typeof FaultFragment.Type

/**
 * A scenario with the faults of fragments after its own, and with their names in its name. A problem is shown in the file that wrote the
 * offending value. Throws `ScenarioInvalid`.
 */
export const withFragments = (scenario: DataFile, paths: ReadonlyArray<string>): DataFile =>
  paths.reduce((base, path) => withFragment(base, path), scenario)

const folder = packageFile("scenarios", "faults")

/** Those that are shipped. */
export const fragmentNames = (): ReadonlyArray<string> =>
  readdirSync(folder)
    .map((name) => name.replace(/\.yaml$/, ""))
    .toSorted()

export const fragmentPath = (name: string): string => `${folder}/${name}.yaml`

/** Throws `ScenarioInvalid`. */
export const readFragment = (path: string) => {
  const read = readDataFileAs(FaultFragment, path)
  const unknown = read.value.moves.flatMap(({ metric }, index) =>
    metricOf(metrics, metric) === undefined
      ? [
          {
            path: ["moves", index, "metric"],
            message: `unknown metric ${JSON.stringify(metric)}${suggestion(metric, Object.keys(metrics))}`,
          },
        ]
      : [],
  )
  if (unknown.length > 0) throw read.file.invalid(unknown)
  return read
}

const withFragment = (base: DataFile, path: string): DataFile => {
  const { file, value } = readFragment(path)
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
  typeof scenario === "string"
    ? `${scenario.slice(0, Math.max(1, nameLengthMax - 1 - fragment.length))}-${fragment}`.slice(0, nameLengthMax)
    : scenario
