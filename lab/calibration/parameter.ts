import { exp, ln } from "../../sim/maths.ts"
import { crossCheck } from "../crossCheck.ts"
import { isMapping } from "../mapping.ts"
import { type CheckedScenario, scenarioHash, ScenarioFile } from "../scenarioFile.ts"
import { type Problem, schemaProblems } from "../schemaProblems.ts"
import { suggestion } from "../suggestion.ts"
import type { Scenario } from "../../sim/scenario.ts"

/** A number of a scenario that is fitted, between bounds. */
export interface Parameter {
  readonly path: string
  readonly low: number
  readonly high: number
  readonly scale: "linear" | "log"
}

/** A scenario file holds no more digits than anybody would write. */
const digits = 8

/** The value at a place from 0 (the lower bound) to 1 (the upper one). */
export const valueOf = ({ low, high, scale }: Parameter, place: number): number => {
  if (place === 0 || place === 1) return place === 0 ? low : high
  const value = scale === "log" ? exp(ln(low) + (ln(high) - ln(low)) * place) : low + (high - low) * place
  return Number(value.toPrecision(digits))
}

export const placeOf = ({ low, high, scale }: Parameter, value: number): number =>
  scale === "log" ? (ln(value) - ln(low)) / (ln(high) - ln(low)) : (value - low) / (high - low)

/** The scenario with other values of its parameters and so many days. Throws what a hand-written file of the same content would. */
export const withParameters = (
  base: CheckedScenario,
  parameters: ReadonlyArray<Parameter>,
  places: ReadonlyArray<number>,
  days: number,
): CheckedScenario => {
  const { calendar } = base.scenario
  const data = parameters.reduce<unknown>(
    (changed, parameter, index) => {
      return replaced(changed, keysOf(parameter), fitting(base.scenario, parameter, valueOf(parameter, places[index]!)))
    },
    { ...base.scenario, calendar: { ...calendar, days } },
  )
  const scenario = schemaProblems(ScenarioFile, data).value as Scenario
  return { ...base, scenario, hash: scenarioHash(scenario) }
}

/** What the scenario itself says. */
export const ownValue = (scenario: Scenario, parameter: Parameter): number => Number(at(scenario, keysOf(parameter)))

/** Numbers that are counts, such as basis points, are fitted too, in whole steps. */
const fitting = (scenario: Scenario, parameter: Parameter, value: number): number =>
  isAllowed(scenario, parameter, value) ? value : Math.round(value)

const isAllowed = (scenario: Scenario, parameter: Parameter, value: number): boolean =>
  schemaProblems(ScenarioFile, replaced(scenario, keysOf(parameter), value)).problems.length === 0

const keysOf = ({ path }: Parameter): ReadonlyArray<string> => path.split(".")

const isGroups = (value: unknown): value is ReadonlyArray<{ readonly id: string }> => Array.isArray(value) && isMapping(value[0])

const at = (data: unknown, [key, ...rest]: ReadonlyArray<string>): unknown => {
  if (key === undefined) return data
  if (isGroups(data))
    return at(
      data.find(({ id }) => id === key),
      rest,
    )
  return isMapping(data) && Object.hasOwn(data, key) ? at(data[key], rest) : undefined
}

const replaced = (data: unknown, [key, ...rest]: ReadonlyArray<string>, value: unknown): unknown => {
  if (key === undefined) return value
  if (isGroups(data)) return data.map((group) => (group.id === key ? replaced(group, rest, value) : group))
  const mapping = data as Record<string, unknown>
  return { ...mapping, [key]: replaced(mapping[key], rest, value) }
}

/** Paths that lead to no number, and bounds that the scenario cannot have. */
export const parameterProblems = (parameters: ReadonlyArray<Parameter>, { scenario, catalogue }: CheckedScenario): ReadonlyArray<Problem> =>
  parameters.flatMap((parameter, index): ReadonlyArray<Problem> => {
    const here = ["parameters", index] as const
    const keys = keysOf(parameter)
    if (parameters.findIndex(({ path }) => path === parameter.path) < index)
      return [{ path: [...here, "path"], message: `${parameter.path} stands here twice` }]
    if (typeof at(scenario, keys) !== "number")
      return [{ path: [...here, "path"], message: `${parameter.path} ${whyNoNumber(scenario, keys)}` }]
    if (parameter.low >= parameter.high)
      return [{ path: [...here, "high"], message: `the upper bound (${parameter.high}) is not above the lower one (${parameter.low})` }]
    if (parameter.scale === "log" && parameter.low <= 0)
      return [{ path: [...here, "low"], message: "a logarithmic scale needs a lower bound above 0" }]
    return (["low", "high"] as const).flatMap((bound) => {
      const { value, problems } = schemaProblems(ScenarioFile, replaced(scenario, keys, parameter[bound]))
      const found = value === undefined ? problems : crossCheck(value as Scenario, catalogue)
      return found.slice(0, 1).map(({ message }) => ({ path: [...here, bound], message: `the scenario cannot have it: ${message}` }))
    })
  })

const whyNoNumber = (scenario: Scenario, keys: ReadonlyArray<string>): string => {
  const depth = keys.findIndex((_, index) => at(scenario, keys.slice(0, index + 1)) === undefined)
  if (depth < 0) return "is not a number in the scenario"
  const parent = at(scenario, keys.slice(0, depth))
  const known = isGroups(parent) ? parent.map(({ id }) => id) : isMapping(parent) ? Object.keys(parent) : []
  return `is not in the scenario: it has no ${keys.slice(0, depth + 1).join(".")}${suggestion(keys[depth]!, known)}`
}
