import { statSync } from "node:fs"
import { Effect } from "effect"
import { Argument, CliError, Command } from "effect/cli"
import { tickCount } from "../../sim/clock.ts"
import { type Fault, faultLabel } from "../../sim/faults/index.ts"
import { firstEmissionTokens } from "../../sim/protocols/emissions/index.ts"
import { type Calibration, momentName, readCalibration } from "../calibration/calibrationFile.ts"
import { readDataFile, type ScenarioInvalid } from "../dataFile.ts"
import { attempt } from "../experiment.ts"
import { type FaultFragment, readFragment } from "../faultFragment.ts"
import { isMapping } from "../mapping.ts"
import { print, printJson, textTable } from "../print.ts"
import { type CheckedScenario, readScenario } from "../scenarioFile.ts"
import { knobTable, planCounts, planText } from "../sweep/planText.ts"
import { planSweep, type SweepPlan } from "../sweep/variants.ts"
import * as flags from "./flags.ts"

export const check = Command.make(
  "check",
  {
    file: Argument.String("file").pipe(Argument.withDescription("A scenario, sweep or calibration file, YAML or JSON")),
    fragments: flags.fragments,
    json: flags.json,
  },
  Effect.fn(function* ({ file, fragments, json }) {
    const kind = yield* attempt<ScenarioInvalid, FileKind>(() => fileKind(file))
    if (kind !== "scenario" && fragments.length > 0)
      return yield* new CliError.ValidationError({ message: `--with adds faults to a scenario; ${file} is none` })
    switch (kind) {
      case "sweep":
        return showSweep(yield* attempt<ScenarioInvalid, SweepPlan>(() => planSweep(file)), json)
      case "calibration":
        return showCalibration(yield* attempt<ScenarioInvalid, Calibration>(() => readCalibration(file)), json)
      case "fragment":
        return showFragment(yield* attempt<ScenarioInvalid, FaultFragment>(() => readFragment(file).value), json)
      case "scenario":
        return showScenario(yield* attempt<ScenarioInvalid, CheckedScenario>(() => readScenario(file, fragments)), json)
    }
  }),
).pipe(Command.withDescription("Check a scenario, sweep, fragment of faults or calibration file and print what is in it"))

type FileKind = "scenario" | "fragment" | "calibration" | "sweep"

/** Only a sweep has a design or knobs, only it and a calibration name the scenario that they are about, and only a fragment what it moves. A pipe, which can be read once, brings a scenario. */
const fileKind = (path: string): FileKind => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return "scenario"
  const { data } = readDataFile(path)
  if (!isMapping(data)) return "scenario"
  if (Object.hasOwn(data, "design") || Object.hasOwn(data, "knobs")) return "sweep"
  return Object.hasOwn(data, "scenario") ? "calibration" : Object.hasOwn(data, "moves") ? "fragment" : "scenario"
}

const faultTable = (faults: ReadonlyArray<Fault>): string =>
  textTable(
    ["fault", "from day", "to day"],
    faults.map((fault) => [faultLabel(fault), String(fault.fromDay), String(fault.toDay)]),
  )

const showFragment = (fragment: FaultFragment, json: boolean): void => {
  if (json) return printJson(fragment)
  const moves = fragment.moves.map(({ metric, direction }) => `${metric} ${direction}`)
  print([`${fragment.name}: ${fragment.question}`, `moves ${moves.join(", ")}`, "", faultTable(fragment.faults)].join("\n"))
}

const showScenario = ({ scenario, hash }: CheckedScenario, json: boolean): void => {
  const { name, question, calendar, seeds, agents, faults, objectives } = scenario
  const { emissions, token } = scenario.protocols
  const summary = { name, question, hash, days: calendar.days, ticks: tickCount(calendar), seeds, emissions, agents, faults, objectives }
  if (json) return printJson(summary)
  const groups = agents.map((group) => [group.id, group.kind, String(group.count), "gpu" in group ? String(group.gpu) : ""])
  print(
    [
      `${name}: ${question}`,
      `${calendar.days} days in ${summary.ticks} ticks from ${calendar.start}, ${seeds} seeds, ${faults.length} faults, ${objectives.length} objectives`,
      `emission: ${emissions.kind}, ${firstEmissionTokens(emissions, token.genesisTokens)} tokens in the first epoch, before anything is bonded, burned or verified`,
      `scenario hash ${hash}`,
      "",
      textTable(["group", "kind", "count", "GPU"], groups),
      ...(faults.length > 0 ? ["", faultTable(faults)] : []),
    ].join("\n"),
  )
}

const showSweep = (plan: SweepPlan, json: boolean): void => {
  const { sweep, base } = plan
  const { name, question, design, knobs } = sweep
  if (json) return printJson({ name, question, scenario: base.scenario.name, design: design.kind, knobs, ...planCounts(plan) })
  print([planText(plan), "", knobTable(plan)].join("\n"))
}

const showCalibration = ({ spec, scenario, parameters, periods, trainingCount }: Calibration, json: boolean): void => {
  const { name, question, data, moments } = spec
  const heldOut = periods.length - trainingCount
  const summary = { name, question, scenario: scenario.scenario.name, hash: scenario.hash, trainingCount, heldOut, parameters, moments }
  if (json) return printJson(summary)
  print(
    [
      `${name}: ${question}`,
      `fits ${scenario.scenario.name} to ${trainingCount} periods (each a ${data.every}), ${heldOut} held out, by ${moments.length} moments: ${moments.map(momentName).join(", ")}`,
      `scenario hash ${scenario.hash}`,
      "",
      textTable(
        ["parameter", "low", "high", "scale"],
        parameters.map(({ path, low, high, scale }) => [path, String(low), String(high), scale]),
      ),
    ].join("\n"),
  )
}
