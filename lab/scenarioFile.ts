import { agents } from "../agents/index.ts"
import type { Catalogue } from "../sim/preset.ts"
import { type Scenario, scenarioSchema } from "../sim/scenario.ts"
import { catalogueOf, readCatalogue } from "./catalogue.ts"
import { crossCheck } from "./crossCheck.ts"
import { type DataFile, readDataFileAs } from "./dataFile.ts"
import { withEmissionPreset } from "./emissionPreset.ts"
import { withFragments } from "./faultFragment.ts"
import { sha256 } from "./execution/sha256.ts"
import { withProviderPresets } from "./providerPreset.ts"
import { readInherited } from "./inheritance.ts"
import { canonicalJson } from "./execution/canonicalJson.ts"

/** The schema of every scenario: what `lab schema` prints and what files are checked against. */
export const ScenarioFile = scenarioSchema(Object.fromEntries(Object.entries(agents).map(([kind, { fields }]) => [kind, fields])))

/** A scenario that has passed all checks, with the outside facts that it names. */
export interface CheckedScenario {
  readonly path: string
  readonly scenario: Scenario
  readonly catalogue: Catalogue
  /** sha256 of the canonical JSON, with defaults filled in. */
  readonly hash: string
}

/**
 * Reads a scenario from YAML or JSON, with the faults of fragments, if any. Throws `ScenarioInvalid` with every problem at its file, line and
 * column.
 */
export const readScenario = (path: string, fragments: ReadonlyArray<string> = []): CheckedScenario =>
  checkScenario(readScenarioData(path, fragments))

/** What the files say, inheritance and fragments done, presets not yet looked up: what a sweep turns knobs of. Throws `ScenarioInvalid`. */
export const readScenarioData = (path: string, fragments: ReadonlyArray<string> = []): DataFile =>
  withFragments(readInherited(path), fragments)

/** Data as a scenario that has passed all checks. Throws `ScenarioInvalid` as the file says it. */
export const checkScenario = (source: DataFile, catalogue: Catalogue = readCatalogue()): CheckedScenario => {
  const { file, scenario } = decodeScenario(source)
  const problems = crossCheck(scenario, catalogue)
  if (problems.length > 0) throw file.invalid(problems)
  return checkedScenario(source.path, scenario, catalogue)
}

/** The scenario in data that has passed all checks before. */
export const reopenScenario = (source: DataFile, catalogue: Catalogue): CheckedScenario =>
  checkedScenario(source.path, decodeScenario(source).scenario, catalogue)

const decodeScenario = (source: DataFile): { readonly file: DataFile; readonly scenario: Scenario } => {
  const { file, value } = readDataFileAs(ScenarioFile, source.path, () => withProviderPresets(withEmissionPreset(source)))
  return { file, scenario: value as Scenario }
}

const checkedScenario = (path: string, scenario: Scenario, catalogue: Catalogue): CheckedScenario => ({
  path,
  scenario,
  catalogue: catalogueOf(scenario, catalogue),
  hash: scenarioHash(scenario),
})

export const scenarioHash = (scenario: Scenario): string => sha256(canonicalJson(scenario))
