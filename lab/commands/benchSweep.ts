import { Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { chaos } from "../chaos/chaos.ts"
import { print, printJson, say, textTable } from "../print.ts"
import { efficiency, fixedCost, hostCost } from "../sweepBench.ts"
import { figureTable } from "./figureTable.ts"
import * as flags from "./flags.ts"
import { privatePostgres } from "./privatePostgres.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

export const benchSweep = Command.make(
  "sweep",
  { emptyRuns: flags.countOf("empty-runs", 10_000, "Empty runs for the cost of the catalogue and the host's memory"), json: flags.json },
  Effect.fn(function* ({ emptyRuns, json }) {
    const folder = yield* temporaryFolder
    say("starting Anvil, deploying and writing, ten times")
    const fixed = yield* fixedCost(folder, 10)
    say(`executing 100 and ${emptyRuns} empty runs`)
    const host = yield* hostCost(folder, 100, emptyRuns)
    say("executing 8 runs in two independent processes, and in one sweep with two workers")
    const figures = [...fixed, ...host, yield* efficiency(folder, 8)]
    if (json) return printJson(figures)
    print(figureTable(figures))
  }, Effect.scoped),
).pipe(Command.withDescription("Measure what a run of a sweep costs beside its ticks, and how well two workers share a machine"))

export const benchChaos = Command.make(
  "chaos",
  {
    runs: flags.countOf("runs", 200, "Runs of the sweep", 2),
    kills: flags.countOf(
      "kills",
      20,
      "Faults: workers, Anvils and hosts killed, catalogues lost, file calls that fail; or the database killed",
    ),
    seed: Flag.String("seed").pipe(Flag.withDescription("Of the fault plan (default: 1)"), Flag.withDefault("1")),
    database: Flag.Boolean("database").pipe(
      Flag.withDescription("Two hosts and a PostgreSQL of their own, which is killed and started again too"),
      Flag.withDefault(false),
    ),
    json: flags.json,
  },
  Effect.fn(function* ({ runs, kills, seed, database, json }) {
    const folder = yield* temporaryFolder
    const server = database ? { database: yield* privatePostgres(false) } : {}
    const end = yield* Effect.promise(() => chaos({ runs, kills, seed, folder, ...server, say }))
    if (json) printJson(end)
    else {
      print(
        textTable(
          ["hit", "times"],
          Object.entries(end.hits).map(([target, times]) => [target, String(times)]),
        ),
      )
      print(
        `${end.commands} commands; the result is ${end.isEqual ? "" : "NOT "}byte-identical to that of the sweep in peace (${end.calmSeconds.toFixed(0)} s in peace, ${end.stormySeconds.toFixed(0)} s with faults)`,
      )
    }
    if (end.leftBehind.length > 0) return yield* Effect.die(new Error(`processes outlive their hosts: ${end.leftBehind.join(", ")}`))
    if (!end.isEqual) return yield* Effect.die(new Error("a sweep's result depends on what happened on the way"))
  }, Effect.scoped),
).pipe(Command.withDescription("Kill parts of a sweep at random, and compare its result with that of one in peace"))
