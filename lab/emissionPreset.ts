import { readdirSync } from "node:fs"
import { Schema } from "effect"
import { Id } from "../sim/id.ts"
import { EmissionPreset } from "../sim/preset.ts"
import { scaledEmission } from "../sim/protocols/emissions/index.ts"
import { or, quantity } from "../sim/quantity.ts"
import { type DataFile, readDataFileAs } from "./dataFile.ts"
import { isMapping, valueAt, withValueAt } from "./mapping.ts"
import { packageFile } from "./packageRoot.ts"
import { type Problem, schemaProblems } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** How a scenario file names the emission of a known network. Whatever else stands there changes the preset's own value. */
export const PresetReference = Schema.Struct({
  kind: Schema.Literal("preset"),
  id: Id,
  scale: quantity("What all amounts of tokens are multiplied by", { unit: "times", min: 1e-9, max: 1e9 }).pipe(or(1)),
})

const place = ["protocols", "emissions"] as const
const folder = packageFile("scenarios", "presets", "emissions")

export const emissionPresetIds = (): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .toSorted()

/** Throws `ScenarioInvalid`. */
export const readEmissionPreset = (id: string): EmissionPreset => readDataFileAs(EmissionPreset, `${folder}/${id}.yaml`).value

/** A scenario's `emissions: { kind: preset, id: bitcoin }` with the preset's model in its place. Throws `ScenarioInvalid`. */
export const withEmissionPreset = (file: DataFile): DataFile => {
  const emissions = valueAt(file.data, place)
  if (!isMapping(emissions) || emissions["kind"] !== "preset") return file
  const keys = (ofReference: boolean) =>
    Object.fromEntries(Object.entries(emissions).filter(([key]) => Object.hasOwn(PresetReference.fields, key) === ofReference))
  const changes = keys(false)
  const { value, problems } = schemaProblems(PresetReference, keys(true))
  if (value === undefined) throw file.invalid(problems.map((problem) => ({ ...problem, path: [...place, ...problem.path] })))
  const known = emissionPresetIds()
  if (!known.includes(value.id)) {
    const near = suggestion(value.id, known) || `; known are ${known.join(", ")}`
    throw file.invalid([{ path: [...place, "id"], message: `unknown preset ${JSON.stringify(value.id)}${near}` }])
  }
  const preset = readEmissionPreset(value.id)
  const epochDays = valueAt(file.data, ["calendar", "epochDays"]) ?? 1
  if (epochDays !== preset.epochDays)
    throw file.invalid([
      { path: ["calendar", "epochDays"], message: `the preset ${value.id} counts in epochs of ${preset.epochDays} days` },
    ])
  const data = withValueAt(file.data, place, { ...scaledEmission(preset.model, value.scale), ...changes })
  return { ...file, data, invalid: (found) => file.invalid(found.map((problem) => inReference(problem, changes))) }
}

/** What is wrong with a value of the preset is shown where the preset is named. */
const inReference = (problem: Problem, changes: object): Problem => {
  const [protocols, emissions, key] = problem.path
  const isOfPreset = protocols === place[0] && emissions === place[1] && key !== undefined && !Object.hasOwn(changes, key)
  return isOfPreset ? { path: [...place, "id"], message: `${key} of the preset: ${problem.message}` } : problem
}
