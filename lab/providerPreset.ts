import { readdirSync } from "node:fs"
import { Schema } from "effect"
import { Id } from "../sim/id.ts"
import { type DataFile, readDataFileAs } from "./dataFile.ts"
import { isMapping, type Mapping } from "./mapping.ts"
import { packageFile } from "./packageRoot.ts"
import type { Problem } from "./schemaProblems.ts"
import { suggestion } from "./suggestion.ts"

/** A kind of owner of hardware: parameters of a provider, and where they are from. */
const ProviderPreset = Schema.Struct({
  id: Id,
  label: Schema.String,
  about: Schema.String,
  sources: Schema.Array(Schema.String),
  date: Schema.String,
  params: Schema.Record(Schema.String, Schema.Unknown),
})
export type ProviderPreset = typeof ProviderPreset.Type

const folder = packageFile("scenarios", "presets", "providers")

export const providerPresetIds = (): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .toSorted()

/** Throws `ScenarioInvalid`. */
export const readProviderPreset = (id: string): ProviderPreset => readDataFileAs(ProviderPreset, `${folder}/${id}.yaml`).value

/** Groups `{ kind: provider, preset: data-centre, ... }` with the preset's parameters where they have none of their own. Throws `ScenarioInvalid`. */
export const withProviderPresets = (file: DataFile): DataFile => {
  if (!isMapping(file.data) || !Array.isArray(file.data["agents"])) return file
  const groups = file.data["agents"] as ReadonlyArray<unknown>
  if (!groups.some(isReference)) return file
  const agents = groups.map((group, index) => {
    if (!isReference(group)) return group
    const { preset, ...own } = group
    const known = providerPresetIds()
    if (typeof preset !== "string" || !known.includes(preset)) {
      const near = (typeof preset === "string" && suggestion(preset, known)) || `; known are ${known.join(", ")}`
      throw file.invalid([{ path: ["agents", index, "preset"], message: `unknown kind of provider ${JSON.stringify(preset)}${near}` }])
    }
    return overlaid(readProviderPreset(preset).params, own)
  })
  return { ...file, data: { ...file.data, agents }, invalid: (found) => file.invalid(found.map((problem) => inReference(problem, groups))) }
}

const isReference = (group: unknown): group is Mapping => isMapping(group) && group["kind"] === "provider" && group["preset"] !== undefined

/** Mappings key by key, unless one of another kind stands there. */
const overlaid = (base: Mapping, own: Mapping): Mapping => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(own).map(([key, value]) => {
      const under = base[key]
      return [key, isMapping(under) && isMapping(value) && value["kind"] === under["kind"] ? overlaid(under, value) : value]
    }),
  ),
})

/** What is wrong with a value of a preset is shown where the preset is named. */
const inReference = (problem: Problem, groups: ReadonlyArray<unknown>): Problem => {
  const [agents, index, key] = problem.path
  const group = agents === "agents" && typeof index === "number" ? groups[index] : undefined
  if (key === undefined || !isReference(group) || Object.hasOwn(group, key)) return problem
  return { path: ["agents", index!, "preset"], message: `${key} of the preset: ${problem.message}` }
}
