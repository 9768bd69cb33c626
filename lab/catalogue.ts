import { readdirSync } from "node:fs"
import { type Catalogue, CloudPreset, EnergyPreset } from "../sim/preset.ts"
import { type Profile, Profiles } from "../sim/profile.ts"
import type { Scenario } from "../sim/scenario.ts"
import { type DataFile, readDataFile, readDataFileAs } from "./dataFile.ts"
import { packageFile } from "./packageRoot.ts"
import { schemaProblems } from "./schemaProblems.ts"

/** Reads all profiles of GPUs and other devices and presets that a scenario can name. Throws `ScenarioInvalid`. */
export const readCatalogue = (): Catalogue => {
  const profiles = ["profiles.json", "devices.json"].flatMap(
    (name) => readDataFileAs(Profiles, packageFile("gpu-bench", name)).value.profiles,
  )
  const folder = packageFile("scenarios", "presets")
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => readDataFile(`${folder}/${name}`))
  return {
    gpus: byId(profiles),
    clouds: byId(files.filter((file) => hasKey(file, "offers")).map((file) => decode(CloudPreset, file))),
    energies: byId(files.filter((file) => hasKey(file, "regions")).map((file) => decode(EnergyPreset, file))),
  }
}

/** What one scenario uses of it: part of the run's identity, and kept with its results. */
export const catalogueOf = (scenario: Scenario, catalogue: Catalogue): Catalogue => {
  const clouds = only(catalogue.clouds, [scenario.markets.cloud.preset])
  const own = scenario.agents.map((group) => ("gpu" in group ? String(group.gpu) : ""))
  const rented = [...clouds.values()].flatMap(({ offers }) => offers.map(({ gpu }) => gpu))
  const gpus = only(catalogue.gpus, [...own, ...rented])
  return {
    gpus: new Map([...gpus].map(([id, profile]) => [id, atFigure(profile, scenario.gpuFigures)])),
    clouds,
    energies: only(catalogue.energies, [scenario.markets.energy.preset]),
  }
}

/** A class with its rates at one end of their spread, and its energies with them; a figure whose error is not known stays. */
const atFigure = (profile: Profile, figure: Scenario["gpuFigures"]): Profile => ({
  ...profile,
  workHoursPerGpuHour: at(profile.workHoursPerGpuHour, figure),
  ...(profile.joulesPerWorkHour && { joulesPerWorkHour: at(profile.joulesPerWorkHour, opposite[figure]) }),
})

/** Slow work takes more energy. */
const opposite = { low: "high", value: "value", high: "low" } as const

const at = (figures: Profile["workHoursPerGpuHour"], figure: Scenario["gpuFigures"]): Profile["workHoursPerGpuHour"] =>
  Object.fromEntries(Object.entries(figures).map(([kind, one]) => [kind, { ...one, value: one[figure] ?? one.value }]))

const byId = <T extends { readonly id: string }>(items: ReadonlyArray<T>): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]))

const only = <T>(items: ReadonlyMap<string, T>, ids: ReadonlyArray<string>): ReadonlyMap<string, T> =>
  new Map([...items].filter(([id]) => ids.includes(id)))

const hasKey = ({ data }: DataFile, key: string): boolean => typeof data === "object" && data !== null && Object.hasOwn(data, key)

const decode = <S extends typeof CloudPreset | typeof EnergyPreset>(schema: S, file: DataFile): S["Type"] => {
  const { value, problems } = schemaProblems(schema, file.data)
  if (problems.length > 0) throw file.invalid(problems)
  return value as S["Type"]
}
