import { writeFileSync } from "node:fs"
import { Effect, Option } from "effect"
import { Command, Flag } from "effect/cli"
import { calibrateGpus, type GpuCalibration } from "../../gpu-bench/model/calibration.ts"
import { errorOf, type Prediction } from "../../gpu-bench/model/holdOut.ts"
import type { JobKind } from "../../sim/jobs/kinds/index.ts"
import { type Profile, Profiles } from "../../sim/profile.ts"
import { median } from "../../sim/stats/quantile.ts"
import { type BenchResults, readBenchResults } from "../benchResults.ts"
import { readDataFileAs, type ScenarioInvalid } from "../dataFile.ts"
import { attempt } from "../experiment.ts"
import { packageFile } from "../packageRoot.ts"
import { number, print, printJson, say, textTable } from "../print.ts"
import { profilesText } from "../profilesText.ts"
import * as flags from "./flags.ts"

export const calibrateGpu = Command.make(
  "gpu",
  {
    results: Flag.String("results").pipe(
      Flag.withMetavar("DIR"),
      Flag.withDescription("Directory of result files of `lab bench gpu` (default: gpu-bench/results)"),
      Flag.optional,
    ),
    write: Flag.Boolean("write").pipe(Flag.withDescription("Write rates and energies to gpu-bench/profiles.json"), Flag.withDefault(false)),
    json: flags.json,
  },
  Effect.fn(function* ({ results: folder, write, json }) {
    const path = packageFile("gpu-bench", "profiles.json")
    const results = yield* attempt<ScenarioInvalid, BenchResults>(() =>
      readBenchResults(Option.getOrElse(folder, () => packageFile("gpu-bench", "results"))),
    )
    for (const { file, why } of results.refused) say(`${file} calibrates nothing: ${why}`)
    const calibration = calibrateGpus(readDataFileAs(Profiles, path).value, results.reached)
    if (write) {
      yield* Effect.sync(() => writeFileSync(path, profilesText(calibration.profiles)))
      say(`written to ${path}`)
    }
    if (json) return printJson({ ...calibration, errors: errorsByKind(calibration.predicted) })
    print(
      [fitText(calibration), errorTable(calibration.predicted), holdOutTable(calibration.predicted), rateTable(calibration)].join("\n\n"),
    )
  }),
).pipe(
  Command.withDescription(
    "Fit the application model to half of the public figures, show its error on the other half beside datasheet ratios, and the rates and energies of every class of GPU.",
  ),
)

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

const fitText = ({ found }: GpuCalibration): string =>
  `time = max(operations / F, bytes / B) / efficiency + launches x ${found.cyclesPerLaunch.toFixed(0)} clock cycles; efficiency: ` +
  Object.entries(found.efficiency)
    .map(([kind, share]) => `${kind} ${share.toFixed(3)}`)
    .join(", ")

/** Of the figures that were held out. */
const errorsByKind = (predicted: ReadonlyArray<Prediction>) => {
  const heldOut = predicted.filter(({ isHeldOut }) => isHeldOut)
  return [...Map.groupBy(heldOut, ({ kind }) => kind)].map(([kind, some]) => {
    const ours = some.map((one) => errorOf(one.ours, one.anchor))
    const naive = some.flatMap((one) => (one.naive === undefined ? [] : [errorOf(one.naive, one.anchor)]))
    return {
      kind,
      figures: some.length,
      median: median(ours),
      worst: Math.max(...ours),
      naiveFigures: naive.length,
      naiveMedian: median(naive),
      naiveWorst: naive.length === 0 ? NaN : Math.max(...naive),
    }
  })
}

const errorTable = (predicted: ReadonlyArray<Prediction>): string =>
  textTable(
    ["held out", "figures", "median error", "worst", "naive figures", "naive median", "naive worst"],
    errorsByKind(predicted).map((row) => [
      row.kind,
      String(row.figures),
      percent(row.median),
      percent(row.worst),
      String(row.naiveFigures),
      ...[row.naiveMedian, row.naiveWorst].map((share) => (Number.isNaN(share) ? "-" : percent(share))),
    ]),
  )

const holdOutTable = (predicted: ReadonlyArray<Prediction>): string =>
  textTable(
    ["figure", "half", "published", "model", "error", "naive error", "source"],
    predicted.map(({ anchor, isHeldOut, ours, naive }) => [
      anchor.id,
      isHeldOut ? "held out" : "fitted",
      number(anchor.value),
      number(Number(ours.toPrecision(4))),
      percent(errorOf(ours, anchor)),
      naive === undefined ? "-" : percent(errorOf(naive, anchor)),
      anchor.source,
    ]),
  )

const rateTable = ({ profiles }: GpuCalibration): string =>
  textTable(
    ["class", "kind", "work h / GPU h", "low", "high", "known as", "MJ / work h", "low", "high", "known as"],
    profiles.profiles.flatMap(({ id, workHoursPerGpuHour, joulesPerWorkHour }: Profile) =>
      (Object.keys(workHoursPerGpuHour) as ReadonlyArray<JobKind>).map((kind) => [
        id,
        kind,
        ...figureCells(workHoursPerGpuHour[kind]!, 1),
        ...figureCells(joulesPerWorkHour![kind]!, 1e6),
      ]),
    ),
  )

const figureCells = ({ value, low, high, provenance }: Profile["loadWatts"], unit: number): ReadonlyArray<string> => [
  ...[value, low, high].map((one) => (one === undefined ? "-" : number(one / unit))),
  provenance,
]
