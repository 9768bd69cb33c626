import { Effect, Option } from "effect"
import { Argument, CliError, Command, Flag } from "effect/cli"
import { chainLedger } from "../../chain/chainLedger.ts"
import { print, printJson, say, textTable } from "../print.ts"
import { validate as measure } from "../validate.ts"
import { cases, openCases } from "../validation/index.ts"
import type { Finding } from "../validation/referenceCase.ts"
import * as flags from "./flags.ts"
import { VerificationFailed } from "./verify.ts"

export const validate = Command.make(
  "validate",
  {
    ids: Argument.String("case").pipe(Argument.withDescription("Reference cases, e.g. A2 (default: all)"), Argument.variadic()),
    set: Flag.String("set").pipe(
      Flag.withMetavar("NAME=VALUE"),
      Flag.withDescription("A parameter of one case; may be given again"),
      Flag.atLeast(0),
    ),
    vectors: Flag.String("vectors").pipe(Flag.withMetavar("FILE"), Flag.withDescription("Other vectors for A3"), Flag.optional),
    list: Flag.Boolean("list").pipe(Flag.withDescription("List the cases and their parameters"), Flag.withDefault(false)),
    json: flags.json,
  },
  Effect.fn(function* ({ ids, set, vectors, list, json }) {
    if (list) return listCases(json)
    const malformed = set.find((setting) => !/^\w+=.+$/.test(setting))
    if (malformed !== undefined) return yield* new CliError.ValidationError({ message: `--set ${malformed}: expected NAME=VALUE` })
    const settings = Object.fromEntries(
      set.map((setting) => [setting.slice(0, setting.indexOf("=")), setting.slice(setting.indexOf("=") + 1)]),
    )
    const findings = yield* measure(ids, settings, { ledger: chainLedger, ...(Option.isSome(vectors) ? { vectors: vectors.value } : {}) })
    if (json) printJson(findings)
    else print(table(findings))
    if (ids.length === 0)
      say(
        `${Object.keys(openCases).length} reference cases are not measured yet: ${Object.keys(openCases).join(", ")} (lab validate --list)`,
      )
    const failed = findings.filter(({ pass }) => !pass)
    if (failed.length > 0)
      return yield* new VerificationFailed({ message: `${failed.length} of ${findings.length} numbers are not the published ones` })
  }),
).pipe(
  Command.withDescription("Measure reference cases: numbers that others published, through the project's own contracts and agents"),
  Command.withExamples([
    { command: "lab validate A2 --set trueRatio0=1 --set trueRatio1=90 --json", description: "One case at one point" },
  ]),
)

const table = (findings: ReadonlyArray<Finding>): string =>
  textTable(
    ["case", "quantity", "expected", "measured", "unit", "error", "", "point"],
    findings.map(({ id, quantity, expected, measured, unit, error, pass, point }) => [
      id,
      quantity,
      expected,
      measured,
      unit,
      error.toExponential(1),
      pass ? "pass" : "FAIL",
      point,
    ]),
  )

const listCases = (json: boolean): void => {
  const measured = Object.values(cases).map(({ id, title, source, parameters }) => ({
    id,
    title,
    source,
    parameters: Object.entries(parameters).map(([name, { default: value, unit, description }]) => ({
      name,
      default: String(value),
      unit,
      description,
    })),
  }))
  if (json) return printJson({ measured, open: openCases })
  for (const { id, title, source, parameters } of measured) {
    print(`${id}  ${title} (${source})`)
    for (const { name, default: value, unit, description } of parameters) print(`      --set ${name}=${value}  [${unit}] ${description}`)
  }
  for (const [id, waitsFor] of Object.entries(openCases)) print(`${id}  open: ${waitsFor}`)
}
