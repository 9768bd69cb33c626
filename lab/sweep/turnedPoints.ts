import { type Formula, FormulaInvalid, parseFormula } from "../../sim/formula.ts"
import type { DataFile } from "../dataFile.ts"
import type { Problem } from "../schemaProblems.ts"
import type { Point } from "./designs/design.ts"
import { pointsOf } from "./designs/index.ts"
import type { KnobValue } from "./knob.ts"
import type { Sweep } from "./sweepFile.ts"

/** A point with what is derived from it, its places those of the sweep file. */
export interface TurnedPoint extends Point {
  /** Every knob that has a value, turned or not, in the order of the file. */
  readonly all: Readonly<Record<string, KnobValue>>
}

export interface Turning {
  /** The design's points, less those that `where` leaves out. */
  readonly points: ReadonlyArray<TurnedPoint>
  readonly leftOut: number
  readonly complete: (point: Point) => TurnedPoint
  /** No knob turned, none derived. */
  readonly untouched: TurnedPoint
}

/**
 * The points of a sweep's design, completed by its formulas; `own` tells the scenario's value of a knob. Throws `ScenarioInvalid` for a formula
 * that is none or gives no number.
 */
export const turnedPoints = (file: DataFile, sweep: Sweep, own: (knob: string) => KnobValue | undefined): Turning => {
  const { design, derive, where } = sweep
  const ids = Object.keys(sweep.knobs)
  const owned = Object.fromEntries(
    ids.flatMap((id): Array<[string, KnobValue]> => {
      const value = own(id)
      return value === undefined ? [] : [[id, value]]
    }),
  )
  const points = pointsOf(design).map((point): Point => ({ ...point, place: (knob) => ["design", ...point.place(knob)] }))
  const isNumeric = (id: string) => points.every(({ values }) => ["number", "boolean"].includes(typeof (values[id] ?? owned[id])))
  const variables = ids.filter((id) => !Object.hasOwn(derive, id) && isNumeric(id))
  const derived = Object.entries(derive).map(([knob, text], index, entries) => {
    const earlier = entries.slice(0, index).map(([id]) => id)
    return { knob, of: numberOf(file, ["derive", knob], text, [...variables, ...earlier]) }
  })

  const inOrder = (values: Point["values"]) =>
    Object.fromEntries(ids.filter((id) => Object.hasOwn(values, id)).map((id) => [id, values[id]!]))
  const complete = (point: Point): TurnedPoint => {
    const values = { ...point.values }
    for (const { knob, of } of derived) values[knob] = of({ ...owned, ...values })
    const place = (knob: string) => (Object.hasOwn(derive, knob) ? ["derive", knob] : point.place(knob))
    return { ...point, values, all: inOrder({ ...owned, ...values }), place }
  }

  const completed = points.map(complete)
  const holds = where === undefined ? () => 1 : numberOf(file, ["where"], where, [...variables, ...Object.keys(derive)])
  const kept = completed.filter(({ all }) => holds(all) !== 0)
  if (completed.length > 0 && kept.length === 0)
    throw file.invalid([{ path: ["where"], message: `leaves none of the ${completed.length} points of the design` }])
  const untouched = { name: "scenario", values: {}, all: inOrder(owned), place: () => ["base"] }
  return { points: kept, leftOut: completed.length - kept.length, complete, untouched }
}

/** A formula of the sweep file as a function of knobs; true counts 1, false 0; knobs that are texts, or without a value somewhere, are not known to it. */
const numberOf = (
  file: DataFile,
  place: Problem["path"],
  text: string,
  variables: ReadonlyArray<string>,
): ((values: Point["values"]) => number) => {
  const formula = read(file, place, text, variables)
  return (values) => {
    const value = formula(...variables.map((id) => Number(values[id])))
    if (!Number.isFinite(value)) throw file.invalid([{ path: place, message: `gives no number with ${settingText(values)}` }])
    return value
  }
}

const read = (file: DataFile, place: Problem["path"], text: string, variables: ReadonlyArray<string>): Formula => {
  try {
    return parseFormula(text, variables)
  } catch (error) {
    if (!(error instanceof FormulaInvalid)) throw error
    throw file.invalid([{ path: place, message: error.message, within: error.at }])
  }
}

/** The knobs of a variant in a line, such as `emission 2000, burn 0.5`. */
export const settingText = (values: Readonly<Record<string, KnobValue>>): string =>
  Object.entries(values)
    .map(([knob, value]) => `${knob} ${value}`)
    .join(", ")
