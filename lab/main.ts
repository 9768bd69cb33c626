import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Cause, Effect, Exit, Layer } from "effect"
import { CliConfig, CliError, CliOutput, Command, GlobalFlag } from "effect/cli"
import packageJson from "../package.json" with { type: "json" }
import { bench } from "./commands/bench.ts"
import { check } from "./commands/check.ts"
import { compare } from "./commands/compare.ts"
import { doctor } from "./commands/doctor.ts"
import { replay } from "./commands/replay.ts"
import { report } from "./commands/report.ts"
import { run } from "./commands/run.ts"
import { schema } from "./commands/schema.ts"
import { validate } from "./commands/validate.ts"
import { verify } from "./commands/verify.ts"
import { errorText } from "./errorText.ts"
import { say } from "./print.ts"
import { usageText } from "./usageText.ts"

const lab = Command.make("lab").pipe(
  Command.withDescription("A lab for the token economy of decentralised compute networks, on real contracts."),
  Command.withSubcommands([run, verify, replay, report, compare, validate, check, schema, doctor, bench]),
)

/** By the error's tag; whatever is not here is 1. */
const exitCodes: Readonly<Record<string, number>> = {
  ShowHelp: 2,
  ValidationError: 2,
  ScenarioInvalid: 3,
  ResultInvalid: 3,
  ObjectiveNotMet: 4,
  VerificationFailed: 4,
}
const interrupted = 130

/** Help goes to stdout when it was asked for; a mistake is one line on stderr. */
const presenter = CliOutput.layerPresenter({
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    return Effect.sync(() => say(usageText(event.errors, event.commandPath)))
  },
})

const exitCode = (exit: Exit.Exit<unknown, unknown>): number => {
  if (Exit.isSuccess(exit)) return 0
  if (Cause.hasInterruptsOnly(exit.cause)) return interrupted
  const error = Cause.squash(exit.cause)
  const tag = typeof error === "object" && error !== null && "_tag" in error ? String(error._tag) : ""
  return exitCodes[tag] ?? 1
}

const tell = (cause: Cause.Cause<unknown>): Effect.Effect<void> =>
  Effect.sync(() => {
    const error = Cause.squash(cause)
    if (Cause.hasInterruptsOnly(cause)) say("interrupted; finished runs are kept, and the same command goes on from there")
    else if (CliError.isCliError(error) && error._tag === "ValidationError") say(usageText([error], ["lab"]))
    else if (!CliError.isCliError(error)) say(errorText(cause))
  })

// `lab ... | head` closes the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1))

Command.runWith(lab, { version: packageJson.version })(process.argv.slice(2)).pipe(
  Effect.tapCause(tell),
  Effect.provide([NodeServices.layer, presenter, CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })].reduce(Layer.merge)),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown: (exit, onExit) => onExit(exitCode(exit)) }),
)
