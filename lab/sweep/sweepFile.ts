import { Schema } from "effect"
import { FormulaInvalid, parseFormula } from "../../sim/formula.ts"
import { Id } from "../../sim/id.ts"
import { metricOf } from "../../sim/metric.ts"
import { metrics } from "../../sim/metrics/index.ts"
import { count, or } from "../../sim/quantity.ts"
import { Objective } from "../../sim/scenario.ts"
import { type DataFile, readDataFileAs } from "../dataFile.ts"
import { RelativePath } from "../relativePath.ts"
import type { Problem } from "../schemaProblems.ts"
import { suggestion } from "../suggestion.ts"
import { countOf, Design, designProblems, isWhole, knobsOf } from "./designs/index.ts"
import { KnobPath, KnobValue, whyNoKnob, whyNoKnobId } from "./knob.ts"

const Outcome = Schema.Struct({ metric: Schema.String, window: Objective.fields.window })
export type Outcome = typeof Outcome.Type

const Formula = Schema.String.annotate({ title: "a formula of knobs, such as emission * (1 - burn) < 3000" })

/** What `lab sweep` is asked: what varies, and what is looked at. */
export const SweepFile = Schema.Struct({
  name: Id,
  question: Schema.String,
  scenario: RelativePath.annotate({ description: "The scenario whose knobs are turned" }),
  with: Schema.Array(RelativePath).pipe(or([])).annotate({ description: "Fragments of faults that are added to the scenario" }),
  set: Schema.Record(Schema.String, Schema.Unknown)
    .pipe(or({}))
    .annotate({ description: "What all variants have otherwise than the scenario: dotted paths and values" }),
  seeds: Schema.optionalKey(
    count("Runs of each variant, the same seeds for all; the scenario's if left out", { unit: "runs", min: 1, max: 100_000 }),
  ),
  knobs: Schema.Record(Schema.String, Schema.Union([KnobPath, Schema.NonEmptyArray(KnobPath)]))
    .check(Schema.isMinProperties(1, { title: "one knob at least" }))
    .annotate({ description: "Names of what varies, each with its dotted path in the scenario, or paths that get the same value" }),
  design: Design,
  where: Schema.optionalKey(Formula.annotate({ description: "Variants for which it is 0 are left out" })),
  derive: Schema.Record(Schema.String, Formula)
    .pipe(or({}))
    .annotate({ description: "Knobs whose values follow from the others', in the order in which they stand here" }),
  base: Schema.optionalKey(
    Schema.Union([Schema.Literal("scenario"), Schema.Record(Schema.String, KnobValue)]).annotate({
      title: "values of knobs, or the word scenario",
      description: "The variant that the others are compared with, by default the first",
    }),
  ),
  objectives: Schema.optionalKey(Schema.Array(Objective)).annotate({
    description: "In place of the scenario's: what the design is meant to achieve",
  }),
  outcomes: Schema.optionalKey(Schema.Array(Outcome).check(Schema.isNonEmpty())),
  until: Schema.optionalKey(
    Schema.Struct({
      outcome: Schema.String.annotate({ title: "an outcome, such as providerProfitUsd.mean" }),
      halfWidth: Schema.Finite.check(Schema.isGreaterThan(0)).annotate({ title: "a number above 0" }),
      relative: Schema.Boolean.pipe(or(false)),
      seedsMax: count("Most runs of one variant", { unit: "runs", min: 2, max: 100_000 }),
    }).annotate({ description: "Seeds are added until the outcome's interval is as narrow as this" }),
  ),
})
export type Sweep = typeof SweepFile.Type

/** As many as one machine can look at; a larger plan is split into several sweeps. */
const variantsMax = 100_000

/** Reads a sweep without its scenario. Throws `ScenarioInvalid` with every problem at its line and column. */
export const readSweepFile = (
  path: string,
): { readonly file: DataFile; readonly sweep: Sweep; readonly problems: ReadonlyArray<Problem> } => {
  const { file, value: sweep } = readDataFileAs(SweepFile, path)
  return { file, sweep, problems: sweepProblems(sweep) }
}

/** The dotted paths that a knob turns together. */
export const pathsOf = (paths: Sweep["knobs"][string]): ReadonlyArray<string> => (typeof paths === "string" ? [paths] : paths)

/** Where in the sweep file a path of a knob stands. */
export const placeOfPath = ({ knobs }: Sweep, knob: string, index: number): Problem["path"] =>
  typeof knobs[knob] === "string" ? ["knobs", knob] : ["knobs", knob, index]

export const outcomeId = ({ metric, window }: Outcome): string => `${metric}.${window}`

/** The outcome of an id; the schema has checked that its window is one. */
export const outcomeOf = (id: string): Outcome => {
  const dot = id.lastIndexOf(".")
  return { metric: id.slice(0, dot), window: id.slice(dot + 1) as Outcome["window"] }
}

/** What the schema does not see and no scenario is needed for. */
const sweepProblems = (sweep: Sweep): ReadonlyArray<Problem> => {
  const { knobs, design, derive, base, where } = sweep
  const ids = Object.keys(knobs)
  const turned = knobsOf(design).map(({ knob, path }) => ({ knob, path: ["design", ...path] }))
  const derived = Object.keys(derive).map((knob) => ({ knob, path: ["derive", knob] }))
  const based = typeof base === "object" ? Object.keys(base).map((knob) => ({ knob, path: ["base", knob] })) : []
  const set = new Set([...turned, ...derived].map(({ knob }) => knob))
  const size = countOf(design)
  return [
    ...Object.keys(knobs).flatMap((id) => {
      const why = whyNoKnobId(id)
      return why === undefined ? [] : [{ path: ["knobs", id], message: `${id} ${why}`, isKey: true }]
    }),
    ...ids.flatMap((id) =>
      pathsOf(knobs[id]!).flatMap((path, index) => {
        const taken = ids.flatMap((other) => pathsOf(knobs[other]!).map((path, at) => ({ other, path, at })))
        const why = whyNoKnob(path)
        const first = taken.find((other) => other.path === path)!
        return [
          ...(why === undefined ? [] : [{ path: placeOfPath(sweep, id, index), message: `no knob: ${why}` }]),
          ...(first.other === id && first.at === index
            ? []
            : [{ path: placeOfPath(sweep, id, index), message: `the knob ${first.other} turns ${path} already` }]),
        ]
      }),
    ),
    ...[...turned, ...derived, ...based]
      .filter(({ knob }) => !ids.includes(knob))
      .map(({ knob, path }) => ({
        path,
        message: `no knob ${knob}${suggestion(knob, ids) || `; knobs are ${ids.join(", ")}`}`,
        isKey: true,
      })),
    ...derived
      .filter(({ knob }) => turned.some((other) => other.knob === knob))
      .map(({ knob, path }) => ({ path, message: `the design sets ${knob} already`, isKey: true })),
    ...ids
      .filter((id) => !set.has(id))
      .map((id) => ({
        path: ["knobs", id],
        message: `neither design nor derive sets ${id}; without a value it does not vary`,
        isKey: true,
      })),
    ...designProblems(design).map((problem) => ({ ...problem, path: ["design", ...problem.path] })),
    ...(size > variantsMax ? [{ path: ["design"], message: `${size} variants; at most ${variantsMax} are planned at once` }] : []),
    ...(where !== undefined && isWhole(design)
      ? [
          {
            path: ["where"],
            message: `a design of kind ${design.kind} needs every point of its own; leave where out, or narrow the ranges`,
            isKey: true,
          },
        ]
      : []),
    ...formulaProblems(sweep),
    ...outcomeProblems(sweep),
  ]
}

const formulaProblems = ({ knobs, derive, where }: Sweep): ReadonlyArray<Problem> => {
  const turned = Object.keys(knobs).filter((id) => !Object.hasOwn(derive, id))
  const derived = Object.keys(derive)
  return [
    ...derived.flatMap((knob, index) => problemsOf(["derive", knob], derive[knob]!, [...turned, ...derived.slice(0, index)])),
    ...(where === undefined ? [] : problemsOf(["where"], where, [...turned, ...derived])),
  ]
}

const problemsOf = (path: Problem["path"], text: string, variables: ReadonlyArray<string>): ReadonlyArray<Problem> => {
  try {
    parseFormula(text, variables)
    return []
  } catch (error) {
    if (!(error instanceof FormulaInvalid)) throw error
    return [{ path, message: error.message, within: error.at }]
  }
}

const outcomeProblems = ({ outcomes = [], until }: Sweep): ReadonlyArray<Problem> => {
  const ids = outcomes.map(outcomeId)
  return [
    ...outcomes.flatMap(({ metric }, index) => [
      ...metricProblems(metric, ["outcomes", index, "metric"]),
      ...(ids.indexOf(ids[index]!) < index ? [{ path: ["outcomes", index], message: `${ids[index]} stands here twice` }] : []),
    ]),
    ...(until !== undefined && ids.length === 0 ? untilProblems(until.outcome) : []),
    ...(until === undefined || ids.length === 0 || ids.includes(until.outcome)
      ? []
      : [
          {
            path: ["until", "outcome"],
            message: `no outcome ${until.outcome}${suggestion(until.outcome, ids) || `; outcomes are ${ids.join(", ")}`}`,
          },
        ]),
  ]
}

/** Any metric over any window will do where the file lists no outcomes. */
const untilProblems = (outcome: string): ReadonlyArray<Problem> => {
  const dot = outcome.lastIndexOf(".")
  const path = ["until", "outcome"]
  return windows.includes(outcome.slice(dot + 1))
    ? metricProblems(outcome.slice(0, dot), path)
    : [{ path, message: `${outcome} has no window; write one of ${windows.join(", ")} behind the metric, such as providerProfitUsd.mean` }]
}

const windows: ReadonlyArray<string> = Objective.fields.window.literals

const metricProblems = (metric: string, path: Problem["path"]): ReadonlyArray<Problem> =>
  metricOf(metrics, metric) === undefined
    ? [{ path, message: `unknown metric ${JSON.stringify(metric)}${suggestion(metric, Object.keys(metrics))}` }]
    : []
