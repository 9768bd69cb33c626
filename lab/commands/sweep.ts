import { availableParallelism } from "node:os"
import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { fewSeeds } from "../../reports/sweep/fewSeeds.ts"
import type { SweepData } from "../../reports/sweepData.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { attempt } from "../experiment.ts"
import { number, print, printJson, say, textTable } from "../print.ts"
import { localQueue } from "../queue/localQueue.ts"
import { postgresQueue } from "../queue/postgresQueue.ts"
import { currentMaker } from "../runManifest.ts"
import type { ReportFailed } from "../reportFile.ts"
import { prepareStore, type StoreFailed, writeResult } from "../runStore.ts"
import { writeSweepReport } from "../sweepReportFile.ts"
import { summarise } from "../sweep/analysis/summarise.ts"
import { dryRun, dryRunText } from "../sweep/dryRun.ts"
import { executeShard, executeSweep, type SweepOptions } from "../sweep/executeSweep.ts"
import type { OutcomeTable } from "../sweep/outcomeTable.ts"
import { parseShard } from "../sweep/shard.ts"
import { type Searched, searchSweep } from "../sweep/search/searchSweep.ts"
import { planSweep, type SweepPlan } from "../sweep/variants.ts"
import * as flags from "./flags.ts"

/** All other runs of the sweep are there, and its result is written without these. */
export class RunsFailed extends Schema.TaggedError<RunsFailed>()("RunsFailed", {
  message: Schema.String,
}) {}

export const sweep = Command.make(
  "sweep",
  {
    file: Argument.String("sweep").pipe(Argument.withDescription("A sweep file, YAML or JSON: a scenario, and what varies in it")),
    dryRun: Flag.Boolean("dry-run").pipe(
      Flag.withDescription("Only say how many runs it is, how long they take and how large they get"),
      Flag.withDefault(false),
    ),
    out: flags.out,
    workers: flags.workers,
    shard: flags.shard,
    database: flags.database,
    json: flags.json,
  },
  Effect.fn(function* ({ file, dryRun: isDry, out, workers, shard: shardText, database, json }) {
    const plan = yield* attempt<ScenarioInvalid, SweepPlan>(() => planSweep(file))
    if (isDry) {
      const atOnce = Option.getOrElse(workers, availableParallelism)
      const estimate = dryRun(plan, out, atOnce)
      return json ? printJson(estimate) : print(dryRunText(plan, estimate, atOnce))
    }
    const maker = yield* currentMaker
    yield* attempt<StoreFailed, void>(() => prepareStore(out))
    const openQueue = Option.isSome(database) ? postgresQueue(database.value, maker) : localQueue(out, maker)
    const inQueue = <A, E>(work: (options: SweepOptions) => Effect.Effect<A, E>) =>
      Effect.scoped(Effect.flatMap(openQueue, (queue) => work({ out, queue, maker, ...flags.given("workers", workers) })))
    if (Option.isSome(shardText)) {
      const shard = parseShard(shardText.value)!
      const counts = yield* inQueue((options) => executeShard(plan, shard, options))
      if (json) printJson({ shard, ...counts })
      else say(`shard ${shard.index}/${shard.count}: ${counts.finished} runs in ${out}; bring all shards together by lab merge`)
      if (counts.failed > 0) return yield* new RunsFailed({ message: `${counts.failed} runs of the shard failed; all others are finished` })
      return
    }
    const { design, name } = plan.sweep
    const {
      plan: tried,
      table,
      found,
    } = yield* inQueue((options) =>
      design.kind === "search" || design.kind === "attack"
        ? searchSweep(plan, design, (part) => executeSweep(part, options))
        : Effect.map(executeSweep(plan, options), (all): Searched => ({ plan, table: all, found: {} })),
    )
    const attackFile = found.attack?.scenario === undefined ? undefined : join(out, `${name}.attack.yaml`)
    if (attackFile !== undefined) yield* attempt<StoreFailed, void>(() => writeResult(attackFile, found.attack!.scenario!))
    const path = join(out, `${name}.sweep.json`)
    const result = summarise(tried, table, found)
    yield* attempt<StoreFailed, void>(() => writeResult(path, `${canonicalJson(result)}\n`))
    const report = yield* attempt<ReportFailed, string>(() => writeSweepReport(result, join(out, `${name}.sweep.html`)))
    if (json) printJson({ ...result, report })
    else {
      const caution = fewSeeds(result)
      print(
        [
          meansTable(tried, result),
          ...(caution === undefined ? [] : [caution]),
          ...(attackFile === undefined ? [] : [`the cheapest attack that pays: ${attackFile}`]),
          `result: ${path}`,
          `report: ${report}`,
        ].join("\n"),
      )
    }
    const { failures } = table
    if (failures.length > 0) return yield* new RunsFailed({ message: failureText(failures) })
  }),
).pipe(
  Command.withDescription(
    "Run what a sweep file says that varies, each variant with the same seeds, and write one result. Finished runs are never run again: the same command goes on where it was stopped, whatever stopped it.",
  ),
  Command.withShortDescription("Run a scenario with many settings of its knobs"),
  Command.withExamples([
    { command: "lab sweep scenarios/sweeps/emission-and-burn.yaml --dry-run", description: "How much it would be" },
    { command: "lab sweep scenarios/sweeps/emission-and-burn.yaml", description: "All of it" },
  ]),
)

/** Each mean with half the width of its 95 % interval, where it has one. */
const meansTable = ({ sweep, variants }: SweepPlan, { estimates }: SweepData): string => {
  const knobs = Object.keys(sweep.knobs)
  return textTable(
    ["variant", ...knobs, ...Object.keys(estimates)],
    variants.map((variant, place) => [
      variant.name ?? String(variant.index),
      ...knobs.map((knob) => String(variant.values[knob] ?? "")),
      ...Object.values(estimates).map((ofVariants) => {
        const { mean, low, high } = ofVariants[place]!
        return number(mean ?? NaN) + (low === null || high === null ? "" : ` ± ${Number(((high - low) / 2).toPrecision(2))}`)
      }),
    ]),
  )
}

const listedMax = 10

const failureText = (failures: OutcomeTable["failures"]): string => {
  const lines = failures.map(
    ({ variant, seed, message, replay }) => `variant ${variant}, seed ${seed}: ${message}; it is shown again by: ${replay}`,
  )
  const rest = lines.length - listedMax
  return [
    `${failures.length} runs failed; all others are finished, and the result is made of them`,
    ...lines.slice(0, listedMax),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join("\n")
}
