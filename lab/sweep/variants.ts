import { dirname, join } from "node:path"
import type { Catalogue } from "../../sim/preset.ts"
import { readCatalogue } from "../catalogue.ts"
import { type DataFile, ScenarioInvalid } from "../dataFile.ts"
import { openProgress } from "../progress.ts"
import { type CheckedScenario, checkScenario, readScenarioData, reopenScenario } from "../scenarioFile.ts"
import type { Problem } from "../schemaProblems.ts"
import { seedNames } from "../seedNames.ts"
import { keysOf, type KnobValue, valueAtKeys } from "./knob.ts"
import { type Setting, withSettings } from "./settings.ts"
import { pathsOf, placeOfPath, readSweepFile, type Sweep } from "./sweepFile.ts"
import { settingText, type TurnedPoint, turnedPoints, type Turning } from "./turnedPoints.ts"

export type { KnobValue } from "./knob.ts"

/** One setting of the knobs, which has passed all checks. */
export interface Variant {
  readonly index: number
  readonly name?: string
  /** Every knob in the order of the file; one that a case leaves out has the scenario's value, and is absent where that is no single one. */
  readonly values: Readonly<Record<string, KnobValue>>
  /** Of its scenario. */
  readonly hash: string
  /** Index of the first variant with the same scenario, where that is an earlier one: their runs are the same. */
  readonly sameAs?: number
  /** Made anew whenever it is asked for, so that a plan of many variants stays small. */
  readonly checked: CheckedScenario
}

/** A sweep that has passed all checks: what is executed, and with what it is compared. */
export interface SweepPlan {
  readonly path: string
  readonly sweep: Sweep
  /** The scenario with what `set` and `with` change, and no knob turned. */
  readonly base: CheckedScenario
  readonly seeds: ReadonlyArray<string>
  /** The points of the design in its order, less those that `where` leaves out; then the base, if it is none of them. */
  readonly variants: ReadonlyArray<Variant>
  /** How many of the variants are points of the design. */
  readonly designed: number
  /** The variant that the others are compared with. */
  readonly baseIndex: number
  /** How many variants have the scenario of an earlier one. */
  readonly duplicates: number
  /** How many points `where` has left out. */
  readonly leftOut: number
  /** A further variant, as adaptive designs ask for. Throws `ScenarioInvalid` where the scenario cannot have it. */
  readonly variantOf: (values: Readonly<Record<string, KnobValue>>, index: number) => Variant
}

/** Reads a sweep file and checks every variant. Throws `ScenarioInvalid` with every problem at its file, line and column. */
export const planSweep = (path: string): SweepPlan => {
  const { file, sweep, problems } = readSweepFile(path)
  const beside = (name: string) => join(dirname(path), name)
  const catalogue = readCatalogue()
  const own = readScenarioData(
    beside(sweep.scenario),
    sweep.with.map((name) => beside(name)),
  )
  const plain = checkScenario(own, catalogue)

  const found: Array<Problem> = [...problems]
  const set = withSettings(own, settingsOf(sweep), { path: ["set"], words: "" }, (problem) => found.push(problem))
  const withSet = unlessInvalid(() => checkScenario(set, catalogue))
  const isSet = withSet !== undefined && found.length === problems.length
  // Where what is set is wrong, the variants are checked without it: all that is wrong is told at once.
  const base = isSet ? withSet : plain
  const source = isSet ? { ...set, invalid: own.invalid } : own
  found.push(...pathProblems(sweep, source))
  if (sweep.design.kind === "search" && base.scenario.objectives.length === 0)
    found.push({ path: ["design", "kind"], message: "a search needs objectives; write objectives: LIST beside knobs, or in the scenario" })
  if (problems.length > 0) throw file.invalid(different(found))

  const turning = turnedPoints(file, sweep, (knob) => ownValue(sweep, knob, source.data, base))
  const bench: Bench = { file, sweep, source, catalogue }
  const designed = checkDesign(bench, turning.points, found)
  const based = basePoint(sweep, turning, designed, base.hash)
  const checked = typeof based === "number" ? designed : [...designed, ...checkAll(bench, [based])]
  const firstOf = new Map(checked.map(({ hash }, index) => [hash, index] as const).reverse())
  const variants = checked.map((point, index) => variant(bench, point, index, firstOf.get(point.hash)!))
  return {
    path,
    sweep,
    base,
    seeds: seedNames(sweep.seeds ?? base.scenario.seeds),
    variants,
    designed: designed.length,
    baseIndex: typeof based === "number" ? based : designed.length,
    duplicates: variants.length - firstOf.size,
    leftOut: turning.leftOut,
    variantOf: (values, index) => {
      const [point] = checkAll(bench, [turning.complete({ values, place: () => ["design"] })])
      return variant(bench, point!, index, index)
    },
  }
}

const unlessInvalid = <A>(work: () => A): A | undefined => {
  try {
    return work()
  } catch (error) {
    if (error instanceof ScenarioInvalid) return undefined
    throw error
  }
}

/** Each problem once, as it is found in many variants. */
const different = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> => [
  ...new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.message]), problem])).values(),
]

const settingsOf = ({ set, objectives }: Sweep): ReadonlyArray<Setting> => [
  ...Object.entries(set).map(([path, value]): Setting => ({ path, value, pathPlace: ["set", path], valuePlace: ["set", path] })),
  ...(objectives === undefined ? [] : [{ path: "objectives", value: objectives, pathPlace: ["objectives"], valuePlace: ["objectives"] }]),
]

/** Paths that lead nowhere, whatever the value. */
const pathProblems = (sweep: Sweep, source: DataFile): ReadonlyArray<Problem> =>
  Object.entries(sweep.knobs).flatMap(([knob, paths]) =>
    pathsOf(paths).flatMap((path, index) => {
      const found: Array<Problem> = []
      const pathPlace = placeOfPath(sweep, knob, index)
      const data = withSettings(source, [{ path, value: null, pathPlace, valuePlace: [] }], { path: [], words: "" }, (problem) =>
        found.push(problem),
      )
      unlessInvalid(() => reopenScenario(data, noCatalogue))
      return found.filter((problem) => problem.path === pathPlace)
    }),
  )

const noCatalogue: Catalogue = { gpus: new Map(), clouds: new Map(), energies: new Map() }

/** What a knob has where nothing turns it: one value, the same at all its paths; written in the file, or a default of the schema. */
const ownValue = ({ knobs }: Sweep, knob: string, data: unknown, { scenario }: CheckedScenario): KnobValue | undefined => {
  const values = pathsOf(knobs[knob]!).map((path) => {
    const found = keysOf(data, path)
    return "keys" in found ? (valueAtKeys(data, found.keys) ?? valueAtKeys(scenario, found.keys)) : undefined
  })
  const [first] = values
  return isKnobValue(first) && values.every((value) => value === first) ? first : undefined
}

const isKnobValue = (value: unknown): value is KnobValue => ["number", "string", "boolean"].includes(typeof value)

/** What every variant of a sweep is made with. */
interface Bench {
  readonly file: DataFile
  readonly sweep: Sweep
  readonly source: DataFile
  readonly catalogue: Catalogue
}

/** Many variants have the same mistake: after so many different ones the rest is not looked at. */
const problemsMax = 20

/** A point whose scenario has passed all checks. */
interface CheckedPoint extends TurnedPoint {
  readonly hash: string
}

/** Throws `ScenarioInvalid` with what is wrong with the points, and what was found before. */
const checkAll = (
  bench: Bench,
  points: ReadonlyArray<TurnedPoint>,
  before: ReadonlyArray<Problem> = [],
  onPoint: (count: number) => void = () => {},
): ReadonlyArray<CheckedPoint> => {
  const found: Array<Problem> = [...before]
  const checked: Array<CheckedPoint> = []
  for (const point of points) {
    onPoint(checked.length)
    const data = turned(bench, point, (problem) => found.push(problem))
    const scenario = unlessInvalid(() => checkScenario(data, bench.catalogue))
    if (scenario !== undefined) checked.push({ ...point, hash: scenario.hash })
    if (found.length > problemsMax && different(found).length > problemsMax) break
  }
  if (found.length > 0) throw bench.file.invalid(different(found))
  return checked
}

/** As `checkAll`, with progress: a design may have many points. */
const checkDesign = (bench: Bench, points: ReadonlyArray<TurnedPoint>, before: ReadonlyArray<Problem>): ReadonlyArray<CheckedPoint> => {
  const progress = openProgress()
  try {
    return checkAll(bench, points, before, (count) =>
      progress.update(count / points.length, `${count} of ${points.length} variants checked`),
    )
  } finally {
    progress.close()
  }
}

const variant = (bench: Bench, { hash, ...point }: CheckedPoint, index: number, first: number): Variant => ({
  index,
  ...(point.name === undefined ? {} : { name: point.name }),
  values: point.all,
  hash,
  ...(first === index ? {} : { sameAs: first }),
  get checked() {
    return reopenScenario(
      turned(bench, point, () => {}),
      bench.catalogue,
    )
  },
})

/** The point that the others are compared with, or the index of the one that has it. */
const basePoint = (
  { base }: Sweep,
  { complete, untouched }: Turning,
  designed: ReadonlyArray<CheckedPoint>,
  scenarioHash: string,
): number | TurnedPoint => {
  if (base === undefined && designed.length > 0) return 0
  const isBase = (point: CheckedPoint): boolean =>
    typeof base === "object" ? Object.entries(base).every(([knob, value]) => point.all[knob] === value) : point.hash === scenarioHash
  const index = designed.findIndex(isBase)
  if (index >= 0) return index
  return typeof base === "object" ? complete({ name: "base", values: base, place: (knob) => ["base", knob] }) : untouched
}

const turned = ({ sweep, source }: Bench, point: TurnedPoint, tell: (problem: Problem) => void): DataFile => {
  const settings = Object.entries(point.values).flatMap(([knob, value]) =>
    pathsOf(sweep.knobs[knob]!).map((path, index): Setting => ({
      path,
      value,
      pathPlace: placeOfPath(sweep, knob, index),
      valuePlace: point.place(knob),
    })),
  )
  const [origin = "design"] = point.place(Object.keys(point.values)[0] ?? "")
  const words = `with ${settingText(point.all)}: `
  return withSettings(source, settings, { path: [origin], words }, tell)
}
