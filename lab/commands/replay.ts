import { statSync } from "node:fs"
import { Effect, Option } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import { canonicalJson } from "../execution/canonicalJson.ts"
import { execute, type RunOrder } from "../execution/execute.ts"
import { attempt } from "../experiment.ts"
import { number, print, printJson, textTable } from "../print.ts"
import { catalogueFrom } from "../runManifest.ts"
import { readRun, ResultInvalid } from "../runStore.ts"
import { readScenario } from "../scenarioFile.ts"
import type { ScenarioInvalid } from "../dataFile.ts"
import * as flags from "./flags.ts"

export const replay = Command.make(
  "replay",
  {
    path: Argument.String("run").pipe(Argument.withDescription("A finished run, or a scenario file with --seed")),
    fragments: flags.fragments,
    seed: flags.seed.pipe(Flag.optional),
    until: Flag.Int("until").pipe(Flag.withMetavar("TICK"), Flag.withDescription("Last tick (default: the end)"), Flag.optional),
    json: flags.json,
  },
  Effect.fn(function* ({ path, fragments, seed, until, json }) {
    if (Option.isSome(until) && until.value < 1) return yield* new CliError.ValidationError({ message: "--until is a tick, from 1 on" })
    const order = yield* attempt<ScenarioInvalid | ResultInvalid, RunOrder>(() => orderOf(path, fragments, Option.getOrUndefined(seed)))
    const ticks: unknown[] = []
    const recording = yield* execute(order, {
      ...(Option.isSome(until) ? { untilTick: until.value } : {}),
      onTick: ({ tick, row, receipts }) => {
        if (json) ticks.push({ tick, row, receipts: JSON.parse(canonicalJson(receipts)) })
        else {
          print(`tick ${tick}`)
          print(
            textTable(
              ["metric", "value"],
              Object.entries(row).map(([name, value]) => [name, number(value)]),
            ),
          )
          print(
            textTable(
              ["place", "agent", "action", "outcome"],
              receipts.map(({ order: { agent, action }, status, reason }, place) => [
                String(place),
                agent,
                canonicalJson(action),
                status === "ok" ? "ok" : reason,
              ]),
            ),
          )
        }
      },
    })
    const { digest, stateRoot } = recording
    if (json) printJson({ seed: order.seed, ticks, digest, stateRoot })
    else print(`digest ${digest}\nstate ${stateRoot}`)
  }),
).pipe(Command.withDescription("Execute one run again and print every tick: its metrics, and every transaction with its outcome"))

/** A directory is a finished run, a file is a scenario. */
const orderOf = (path: string, fragments: ReadonlyArray<string>, seed: string | undefined): RunOrder => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    if (fragments.length > 0)
      throw new ResultInvalid({ message: `${path}: a finished run, whose faults are settled; --with goes with a scenario file` })
    const { scenario, catalogue, seed: recorded } = readRun(path).manifest
    return { scenario, catalogue: catalogueFrom(catalogue), seed: seed ?? recorded }
  }
  const { scenario, catalogue } = readScenario(path, fragments)
  return { scenario, catalogue, seed: seed ?? "1" }
}
