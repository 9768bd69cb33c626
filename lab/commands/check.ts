import { statSync } from "node:fs"
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import { tickCount } from "../../sim/clock.ts"
import { faultLabel } from "../../sim/faults/index.ts"
import { firstEmissionTokens } from "../../sim/protocols/emissions/index.ts"
import { type Calibration, momentName, readCalibration } from "../calibration/calibrationFile.ts"
import { readDataFile, type ScenarioInvalid } from "../dataFile.ts"
import { attempt } from "../experiment.ts"
import { print, printJson, textTable } from "../print.ts"
import { type CheckedScenario, readScenario } from "../scenarioFile.ts"
import * as flags from "./flags.ts"

export const check = Command.make(
  "check",
  {
    file: Argument.String("file").pipe(Argument.withDescription("A scenario or calibration file, YAML or JSON")),
    fragments: flags.fragments,
    json: flags.json,
  },
  Effect.fn(function* ({ file, fragments, json }) {
    if (yield* attempt<ScenarioInvalid, boolean>(() => isCalibration(file)))
      showCalibration(yield* attempt<ScenarioInvalid, Calibration>(() => readCalibration(file)), json)
    else showScenario(yield* attempt<ScenarioInvalid, CheckedScenario>(() => readScenario(file, fragments)), json)
  }),
).pipe(Command.withDescription("Check a scenario or calibration file and print what is in it"))

/** Only a calibration names the scenario that it is about. A pipe, which can be read once, brings a scenario. */
const isCalibration = (path: string): boolean => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false
  const { data } = readDataFile(path)
  return typeof data === "object" && data !== null && Object.hasOwn(data, "scenario")
}

const showScenario = ({ scenario, hash }: CheckedScenario, json: boolean): void => {
  const { name, question, calendar, seeds, agents, faults, objectives } = scenario
  const { emissions, token } = scenario.protocols
  const summary = { name, question, hash, days: calendar.days, ticks: tickCount(calendar), seeds, emissions, agents, faults, objectives }
  if (json) return printJson(summary)
  const hits = faults.map((fault) => [faultLabel(fault), String(fault.fromDay), String(fault.toDay)])
  const groups = agents.map((group) => [group.id, group.kind, String(group.count), "gpu" in group ? String(group.gpu) : ""])
  print(
    [
      `${name}: ${question}`,
      `${calendar.days} days in ${summary.ticks} ticks from ${calendar.start}, ${seeds} seeds, ${faults.length} faults, ${objectives.length} objectives`,
      `emission: ${emissions.kind}, ${firstEmissionTokens(emissions, token.genesisTokens)} tokens in the first epoch, before anything is bonded, burned or verified`,
      `scenario hash ${hash}`,
      "",
      textTable(["group", "kind", "count", "GPU"], groups),
      ...(hits.length > 0 ? ["", textTable(["fault", "from day", "to day"], hits)] : []),
    ].join("\n"),
  )
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
