import { join } from "node:path"
import { Effect, Option, Schema } from "effect"
import { CliError, Command, Flag } from "effect/cli"
import { attempt, executeScenarios, hostSeconds } from "../experiment.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import type { Judgement } from "../objective.ts"
import { number, print, printJson, say, textTable } from "../print.ts"
import { duration } from "../progress.ts"
import { type ReportFailed, writeReport } from "../reportFile.ts"
import { openGroup } from "../reportOf.ts"
import type { StoredRun } from "../runStore.ts"
import { type CheckedScenario, readScenario } from "../scenarioFile.ts"
import { seedNames } from "../seedNames.ts"
import * as flags from "./flags.ts"

/** The design does not do what its scenario wants of it. */
export class ObjectiveNotMet extends Schema.TaggedError<ObjectiveNotMet>()("ObjectiveNotMet", {
  message: Schema.String,
}) {}

export const run = Command.make(
  "run",
  {
    file: flags.scenarioFile,
    fragments: flags.fragments,
    seeds: flags.seeds,
    seed: flags.seed.pipe(Flag.optional),
    out: flags.out,
    workers: flags.workers,
    json: flags.json,
  },
  Effect.fn(function* ({ file, fragments, seeds, seed, out, workers, json }) {
    if (Option.isSome(seeds) && Option.isSome(seed)) {
      return yield* new CliError.ValidationError({ message: "--seed and --seeds exclude each other: name one seed, or a number of seeds" })
    }
    const checked = yield* attempt<ScenarioInvalid, CheckedScenario>(() => readScenario(file, fragments))
    const { name, seeds: seedCount } = checked.scenario
    const names = Option.match(seed, { onSome: (one) => [one], onNone: () => seedNames(Option.getOrElse(seeds, () => seedCount)) })
    const [runs = []] = yield* executeScenarios([checked], { seeds: names, out, ...flags.given("workers", workers) })
    const group = yield* Effect.promise(() => openGroup(runs))
    const report = yield* attempt<ReportFailed, string>(() => writeReport([group], join(out, `${name}.html`)))

    if (json) printJson({ scenario: name, runs: runs.map(summary), objectives: group.judgements, report })
    else print([runTable(runs), ...group.judgements.map(judgementLine), `report: ${report}`].join("\n"))

    const failed = group.judgements.filter(({ verdict }) => verdict === "fails")
    if (failed.length > 0) return yield* new ObjectiveNotMet({ message: failed.map(judgementLine).join("\n") })
    if (group.judgements.some(({ verdict }) => verdict === "undecided"))
      say("An objective is undecided: more seeds (--seeds) would narrow its interval.")
  }),
).pipe(
  Command.withDescription(
    "Run a scenario on a real chain, once a seed, and write results and report. Exit code 4 when an objective is not met; an undecided one passes.",
  ),
  Command.withShortDescription("Run a scenario, write results and report"),
  Command.withExamples([
    { command: "lab run scenarios/baseline.yaml", description: "All seeds of the scenario" },
    { command: "lab run scenarios/baseline.yaml --with scenarios/faults/region-outage.yaml", description: "The same with a fault" },
    { command: "lab run scenarios/baseline.yaml --seed 3 --json", description: "One seed, machine-readable" },
  ]),
)

const summary = (run: StoredRun) => {
  const { id, seed, digest, stateRoot, ticks, transactions, reverts } = run.manifest
  return { id, seed, digest, stateRoot, ticks, transactions, reverts, seconds: hostSeconds(run), dir: run.path }
}

const runTable = (runs: ReadonlyArray<StoredRun>): string =>
  textTable(
    ["seed", "run", "ticks", "transactions", "reverts", "took", "digest"],
    runs
      .map(summary)
      .map(({ seed, dir, ticks, transactions, reverts, seconds, digest }) => [
        seed,
        dir,
        String(ticks),
        String(transactions),
        String(reverts),
        duration(seconds),
        digest.slice(0, 16),
      ]),
  )

const judgementLine = ({ metric, window, op, value, probability, verdict, passes, runs, low, high }: Judgement): string =>
  `${verdict}: ${metric} (${window}) ${op} ${number(value)} in at least ${percent(probability)} of runs; ` +
  `it was so in ${passes} of ${runs}, that is ${percent(low)} to ${percent(high)}`

const percent = (share: number): string => `${Number((share * 100).toFixed(1))} %`
