import { type DataFile, ScenarioInvalid } from "../dataFile.ts"
import type { Problem } from "../schemaProblems.ts"
import { keysOf, type Keys, withValueAtKeys } from "./knob.ts"

/** A value for a dotted path of a scenario, and where the sweep file says so. */
export interface Setting {
  readonly path: string
  readonly value: unknown
  /** Where the path stands in the sweep file. */
  readonly pathPlace: Problem["path"]
  /** Where the value stands in the sweep file. */
  readonly valuePlace: Problem["path"]
}

/**
 * The scenario's data with other values. What is wrong then is handed to `tell` with its place in the sweep file: at the value where the value
 * is refused, at the path where no scenario has it, and at `together` where values do not fit together.
 */
export const withSettings = (
  source: DataFile,
  settings: ReadonlyArray<Setting>,
  together: { readonly path: Problem["path"]; readonly words: string },
  tell: (problem: Problem) => void,
): DataFile => {
  const resolved: Array<Setting & { readonly keys: Keys }> = []
  let data = source.data
  for (const setting of settings) {
    const found = keysOf(data, setting.path)
    if ("lack" in found) {
      tell({ path: setting.pathPlace, message: found.lack })
      continue
    }
    data = withValueAtKeys(data, found.keys, setting.value)
    resolved.push({ ...setting, keys: found.keys })
  }
  const invalid: DataFile["invalid"] = (problems) => {
    for (const problem of problems) {
      const { message, isKey, path } = problem
      const setting = resolved.find(({ keys }) => isAbove(keys, path)) ?? resolved.find(({ keys }) => isOnTheWay(problem, keys))
      if (setting === undefined) tell({ path: together.path, message: `${together.words}${dotted(path)}: ${message}` })
      else if (isKey === true && !isBelow(setting.keys, path)) tell({ path: setting.pathPlace, message: `${dotted(path)}: ${message}` })
      else tell({ path: setting.valuePlace, message: `${dotted(path)}: ${message}` })
    }
    return new ScenarioInvalid({ message: "told" })
  }
  return { ...source, data, invalid }
}

const isAbove = (keys: Keys, path: Problem["path"]): boolean => keys.every((key, depth) => key === path[depth])

const isBelow = (keys: Keys, path: Problem["path"]): boolean => path.length > keys.length && isAbove(keys, path)

/** An unknown key on the way to what was set, or a key that is missing beside it in a mapping which only the setting has made. */
const isOnTheWay = ({ path, isKey }: Problem, keys: Keys): boolean =>
  isAbove(path, keys) || (isKey === true && path.length > 1 && isAbove(path.slice(0, -1), keys))

const dotted = (path: Problem["path"]): string => path.join(".")
