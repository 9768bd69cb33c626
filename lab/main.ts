import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Cause, Effect, Exit } from "effect"
import { CliConfig, CliOutput, Command, GlobalFlag } from "effect/cli"
import packageJson from "../package.json" with { type: "json" }
import { bench } from "./commands/bench.ts"
import { calibrate } from "./commands/calibrate.ts"
import { check } from "./commands/check.ts"
import { compare } from "./commands/compare.ts"
import { doctor } from "./commands/doctor.ts"
import { earn } from "./commands/earn.ts"
import { exportCommand } from "./commands/export.ts"
import { merge } from "./commands/merge.ts"
import { replay } from "./commands/replay.ts"
import { report } from "./commands/report.ts"
import { run } from "./commands/run.ts"
import { schema } from "./commands/schema.ts"
import { sweep } from "./commands/sweep.ts"
import { validate } from "./commands/validate.ts"
import { verify } from "./commands/verify.ts"
import { errorText } from "./errorText.ts"
import { exitCode } from "./exitCode.ts"
import { print, say } from "./print.ts"

const lab = Command.make("lab").pipe(
  Command.withDescription("Test the token economy of a decentralised GPU network on real contracts, before launch."),
  Command.withSubcommands([
    run,
    sweep,
    merge,
    report,
    exportCommand,
    compare,
    calibrate,
    verify,
    replay,
    validate,
    check,
    schema,
    doctor,
    bench,
    earn,
  ]),
)

/** What the presenter has told already. */
const isInvocation = (error: unknown): boolean => (error as { readonly _tag?: string } | null)?._tag === "ShowHelp"

/** Data on stdout, everything else on stderr; a wrong invocation is told in one line and not by a page of help. */
const presenter = CliOutput.layerPresenter({
  present: (event) =>
    Effect.gen(function* () {
      const formatter = yield* CliOutput.Formatter
      switch (event._tag) {
        case "Version":
          return print(event.version)
        case "Help":
          return event.reason === "Requested" ? print(formatter.formatHelpDoc(event.helpDoc)) : say(formatter.formatHelpDoc(event.helpDoc))
        case "InvalidInvocation":
          for (const { message } of event.errors) say(`${event.commandPath.join(" ")}: ${message.replaceAll(/\s*\n\s*/g, " ").trim()}`)
          return say(`Type \`${event.commandPath.join(" ")} --help\` for what it takes.`)
      }
    }),
})

// Whoever reads only the beginning (`lab … | head`) is not an error.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1))

/** The processes above this one pass on the Ctrl-C that a terminal has sent to all: a second one of a person comes later than theirs. */
const secondInterruptMillis = 300
let interruptedAt = Infinity
process.on("SIGINT", () => {
  const now = performance.now()
  // Workers end when this process does, and their Anvils with them.
  if (now - interruptedAt > secondInterruptMillis) process.exit(130)
  interruptedAt = Math.min(interruptedAt, now)
})

Command.runWith(lab, { version: packageJson.version, renderErrors: true })(process.argv.slice(2)).pipe(
  Effect.tapCause((cause) =>
    Effect.sync(() => {
      if (Cause.hasInterruptsOnly(cause)) return say("Stopped; finished runs are kept, and the same command goes on from there.")
      if (!isInvocation(Cause.squash(cause))) say(errorText(cause))
    }),
  ),
  Effect.provide(presenter),
  Effect.provide(CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown: (exit, done) => done(Exit.isSuccess(exit) ? 0 : exitCode(exit.cause)) }),
)
