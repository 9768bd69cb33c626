import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import type { Row } from "../../sim/metric.ts"
import { calibrate as fit, type CalibrationResult } from "../calibration/calibrate.ts"
import { type Calibration, readCalibration } from "../calibration/calibrationFile.ts"
import { calibrationPage } from "../calibration/calibrationPage.ts"
import { recoveryText, resultText } from "../calibration/calibrationText.ts"
import { type DataTable, readTable as readData } from "../calibration/dataTable.ts"
import { observed, type Recovered, recovered, trueScenario } from "../calibration/recovery.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import { attempt, executeScenarios } from "../experiment.ts"
import { number, print, printJson, say } from "../print.ts"
import { type ReportFailed, writeReport } from "../reportFile.ts"
import { openGroup } from "../reportOf.ts"
import { readTable } from "../runStore.ts"
import type { CheckedScenario } from "../scenarioFile.ts"
import { seedNames } from "../seedNames.ts"
import { calibrateGpu } from "./calibrateGpu.ts"
import * as flags from "./flags.ts"

export const calibrate = Command.make(
  "calibrate",
  {
    file: Argument.String("calibration").pipe(Argument.withDescription("A calibration file, YAML or JSON")),
    data: Flag.String("data").pipe(
      Flag.withMetavar("CSV"),
      Flag.withDescription("Other data than the file names, with the same columns"),
      Flag.optional,
    ),
    recover: Flag.Int("recover").pipe(
      Flag.withMetavar("N"),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000 }, { expected: "a whole number from 1 to 1000" }))),
      Flag.withDescription("Fit N data sets that the scenario itself makes, and show its own values beside the estimates"),
      Flag.optional,
    ),
    out: flags.out,
    workers: flags.workers,
    json: flags.json,
  },
  Effect.fn(function* ({ file, data, recover, out, workers, json }) {
    const calibration = yield* attempt<ScenarioInvalid, Calibration>(() => readCalibration(file, Option.getOrUndefined(data)))
    const { name } = calibration.spec
    const execute = (scenarios: ReadonlyArray<CheckedScenario>, seeds: ReadonlyArray<string>) =>
      executeScenarios(scenarios, { seeds, out, ...flags.given("workers", workers) })
    const simulate = (scenarios: ReadonlyArray<CheckedScenario>, seeds: ReadonlyArray<string>) =>
      Effect.flatMap(execute(scenarios, seeds), (groups) =>
        Effect.forEach(groups, (runs) =>
          Effect.forEach(runs, ({ path }) => Effect.promise(() => readTable(path, "rows") as Promise<ReadonlyArray<Row>>)),
        ),
      )
    const onStep = (step: string, values: ReadonlyArray<number>, distance: number) => {
      const at = calibration.parameters.map(({ path }, index) => `${path} ${number(values[index]!)}`)
      say(`${step}: distance ${number(distance)} at ${at.join(", ")}`)
    }
    const fitTo = (table: DataTable) => fit(calibration, table, { simulate, onStep })

    if (Option.isSome(recover)) {
      const recoveries: Array<{ readonly seed: string; readonly data: string; readonly estimates: ReadonlyArray<Recovered> }> = []
      for (let set = 1; set <= recover.value; set++) {
        const seed = `data-${set}`
        const path = join(out, `${name}-${seed}.csv`)
        const [[rows = []] = []] = yield* simulate([trueScenario(calibration)], [seed])
        yield* Effect.sync(() => writeFileSync(path, observed(calibration, rows, seed)))
        const table = yield* attempt<ScenarioInvalid, DataTable>(() => readData(path, calibration.spec))
        const { estimates } = yield* fitTo(table)
        recoveries.push({ seed, data: path, estimates: recovered(calibration, estimates) })
      }
      return json ? printJson({ name, recoveries }) : print(recoveryText(recoveries))
    }

    if (calibration.table === undefined)
      return yield* new CliError.ValidationError({ message: `${file} names no data: add --data CSV, or --recover 1 for data of its own` })
    const result: CalibrationResult = yield* fitTo(calibration.table)
    const [runs = []] = yield* execute([result.scenario], seedNames(calibration.spec.finalSeeds))
    const group = yield* Effect.promise(() => openGroup(runs))
    const report = yield* attempt<ReportFailed, string>(() =>
      writeReport([group], join(out, `${name}.html`), calibrationPage(calibration, calibration.table!, result)),
    )
    const { simulated: _, scenario: __, ...numbers } = result
    if (json) return printJson({ name, ...numbers, report })
    print([resultText(result), `report: ${report}`].join("\n"))
  }),
).pipe(
  Command.withDescription(
    "Fit numbers of a scenario to data by the method of simulated moments, with 95 % intervals, and predict the periods that were held out.",
  ),
  Command.withShortDescription("Fit a scenario to data, with intervals"),
  Command.withExamples([
    { command: "lab calibrate scenarios/calibrations/helium.yaml", description: "Helium, with out-of-sample errors beside a random walk" },
    { command: "lab calibrate scenarios/calibrations/recovery.yaml --recover 1", description: "Are known values found again?" },
  ]),
  Command.withSubcommands([calibrateGpu]),
)
