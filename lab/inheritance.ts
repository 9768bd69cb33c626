import { dirname, join } from "node:path"
import { type DataFile, readDataFile } from "./dataFile.ts"
import { withDemandTables } from "./demandTable.ts"
import { withTable } from "./emissionTable.ts"
import { isMapping, type Mapping } from "./mapping.ts"
import type { Problem } from "./schemaProblems.ts"

const generationsMax = 4

/**
 * Reads a data file together with the one that it `extends` (a path relative to its own folder). Mappings are merged key by key; lists whose
 * items have an `id` are merged item by item, new items at the end; everything else is replaced, and so is a mapping by one of another `kind`.
 * A problem is shown in the file that wrote the offending value. Throws `ScenarioInvalid`.
 */
export const readInherited = (path: string, generation = 1): DataFile => {
  const file = withDemandTables(withTable(readDataFile(path)))
  if (!isMapping(file.data) || file.data["extends"] === undefined) return file
  const { extends: parent, ...own } = file.data
  if (typeof parent !== "string") throw file.invalid([{ path: ["extends"], message: "expected the path of another scenario file" }])
  if (generation === generationsMax)
    throw file.invalid([{ path: ["extends"], message: `more than ${generationsMax} files extend each other` }])
  const base = readInherited(join(dirname(path), parent), generation + 1)
  const data = merge(base.data, own)
  return {
    ...file,
    data,
    invalid: (problems) => {
      const inOwn = problems.flatMap((problem) => locate(problem, data, own) ?? [])
      if (inOwn.length > 0) return file.invalid(inOwn)
      const lacking = problems.flatMap((problem) => locateLack(problem, data, own) ?? [])
      const inBase = problems.flatMap((problem) => locate(problem, data, base.data) ?? [])
      if (inBase.length === 0 && lacking.length > 0) return file.invalid(lacking)
      return base.invalid(problems.flatMap((problem) => locate(problem, data, base.data) ?? { ...problem, path: [] }))
    },
  }
}

const isNamedList = (value: unknown): value is ReadonlyArray<Mapping> =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isMapping(item) && typeof item["id"] === "string")

const merge = (base: unknown, own: unknown): unknown => {
  if (isMapping(base) && isMapping(own) && (own["kind"] === undefined || own["kind"] === base["kind"]))
    return Object.fromEntries(
      [...new Set([...Object.keys(base), ...Object.keys(own)])].map((key) => [
        key,
        key in own && key in base ? merge(base[key], own[key]) : (own[key] ?? base[key]),
      ]),
    )
  if (isNamedList(base) && isNamedList(own))
    return [
      ...base.map((item) => {
        const change = own.find(({ id }) => id === item["id"])
        return change === undefined ? item : merge(item, change)
      }),
      ...own.filter(({ id }) => base.every((item) => item["id"] !== id)),
    ]
  return own
}

/** The problem at its place in one of the merged files, if the value, or the mapping that lacks it, stands there. */
const locate = (problem: Problem, merged: unknown, part: unknown): Problem | undefined => {
  const path: Array<string | number> = []
  let [whole, here] = [merged, part]
  for (const key of problem.path) {
    const place = typeof key === "number" && isNamedList(whole) && isNamedList(here) ? indexOfId(here, whole[key]?.["id"]) : key
    const isThere = typeof here === "object" && here !== null && Object.hasOwn(here, place)
    if (!isThere) return undefined
    path.push(place)
    whole = (whole as Record<string | number, unknown>)[key]
    here = (here as Record<string | number, unknown>)[place]
  }
  return { ...problem, path }
}

/** A key that no file has is missing in the mapping that should have it. */
const locateLack = (problem: Problem, merged: unknown, part: unknown): Problem | undefined => {
  const mapping = locate({ ...problem, path: problem.path.slice(0, -1) }, merged, part)
  return mapping && { ...mapping, path: [...mapping.path, ...problem.path.slice(-1)] }
}

const indexOfId = (list: ReadonlyArray<Mapping>, id: unknown): number => list.findIndex((item) => item["id"] === id)
