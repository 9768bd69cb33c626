import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Schema } from "effect"
import { Argument, Command } from "effect/cli"
import { attempt } from "../experiment.ts"
import { execute } from "../execution/execute.ts"
import { tableBytes, tableRows } from "../execution/table.ts"
import { print, printJson, say } from "../print.ts"
import { catalogueFrom, codeVersionNote } from "../runManifest.ts"
import { findRuns, readTable, type ResultInvalid, type StoredRun } from "../runStore.ts"
import * as flags from "./flags.ts"

/** A number is not what it was, or what others published. */
export class VerificationFailed extends Schema.TaggedError<VerificationFailed>()("VerificationFailed", {
  message: Schema.String,
}) {}

interface Verification {
  readonly id: string
  readonly seed: string
  readonly recorded: string
  readonly executed: string
  readonly same: boolean
  /** Where the two part first. */
  readonly difference: string | null
}

export const verify = Command.make(
  "verify",
  { path: Argument.String("results").pipe(Argument.withDescription("A run, or a directory of runs")), json: flags.json },
  Effect.fn(function* ({ path, json }) {
    const runs = yield* attempt<ResultInvalid, ReadonlyArray<StoredRun>>(() => findRuns(path))
    const verifications: Verification[] = []
    for (const run of runs) {
      const { id, seed, scenario, catalogue, digest, maker } = run.manifest
      const note = codeVersionNote(maker)
      if (note !== undefined) say(`${run.path}: ${note}`)
      const again = yield* execute({ scenario, catalogue: catalogueFrom(catalogue), seed })
      const same = again.digest === digest
      const difference = same ? null : yield* Effect.promise(() => firstDifference(run, again.rows))
      verifications.push({ id, seed, recorded: digest, executed: again.digest, same, difference })
      say(`${run.path}: ${same ? "same digest" : `differs: ${difference}`}`)
    }
    const failed = verifications.filter(({ same }) => !same)
    if (json) printJson({ verified: failed.length === 0, runs: verifications })
    else print(`${verifications.length - failed.length} of ${verifications.length} runs gave the same digest again`)
    if (failed.length > 0)
      return yield* new VerificationFailed({ message: failed.map(({ id, difference }) => `${id}: ${difference}`).join("\n") })
  }),
).pipe(Command.withDescription("Execute finished runs again and compare their digests; exit code 4 when one differs"))

/** The first tick whose row differs, and in which column; else what can only be in the events or the final state. */
const firstDifference = async (run: StoredRun, rows: Parameters<typeof tableBytes>[0]): Promise<string> => {
  const recorded = await readTable(run.path, "rows")
  const executed = await tableRows(tableBytes(rows))
  for (const [index, row] of executed.entries()) {
    const before = recorded[index]
    if (before === undefined) return `tick ${index + 1} is missing in the recorded run`
    const column = Object.keys(row).find((name) => !Object.is(before[name], row[name]))
    if (column !== undefined) return `tick ${index + 1}, column ${column}: recorded ${before[column]}, executed ${row[column]}`
  }
  const { stateRoot } = JSON.parse(readFileSync(join(run.path, "manifest.json"), "utf8")) as { readonly stateRoot: string }
  return `all ${executed.length} rows agree; the events or the final state (recorded ${stateRoot}) differ`
}
