import { Effect } from "effect"
import { cases, openCases } from "./validation/index.ts"
import { type CaseError, CaseInvalid, type Finding, type Parameter, type ReferenceCase, type Services } from "./validation/referenceCase.ts"

/** Measures the named cases, or all; with settings at that point, else at every published one. */
export const validate = (
  ids: ReadonlyArray<string>,
  settings: Readonly<Record<string, string>>,
  services: Services,
): Effect.Effect<ReadonlyArray<Finding>, CaseError> =>
  Effect.gen(function* () {
    const chosen = yield* Effect.forEach(ids.length > 0 ? ids : Object.keys(cases), caseOf)
    if (Object.keys(settings).length > 0 && chosen.length !== 1)
      return yield* new CaseInvalid({ message: "--set belongs to one case: name it" })
    return (yield* Effect.forEach(chosen, (one) => Effect.flatMap(valuesFor(one, settings), (values) => one.run(values, services)))).flat()
  })

const caseOf = (id: string): Effect.Effect<ReferenceCase, CaseInvalid> => {
  const found = cases[id.toUpperCase()]
  if (found !== undefined) return Effect.succeed(found)
  const open = openCases[id.toUpperCase()]
  const message =
    open === undefined
      ? `there is no case ${id}; known are ${Object.keys(cases).join(", ")}`
      : `${id} is not measured yet (it waits for: ${open}); measured are ${Object.keys(cases).join(", ")}`
  return Effect.fail(new CaseInvalid({ message }))
}

const valuesFor = ({ id, parameters }: ReferenceCase, settings: Readonly<Record<string, string>>) =>
  Effect.map(
    Effect.forEach(Object.entries(settings), ([name, text]) => {
      const parameter = parameters[name]
      if (parameter === undefined)
        return Effect.fail(
          new CaseInvalid({ message: `${id} has no parameter ${name}; it has ${Object.keys(parameters).join(", ") || "none"}` }),
        )
      const value = valueOf(parameter, text)
      return value === undefined
        ? Effect.fail(
            new CaseInvalid({
              message: `${id}: ${name}=${text} is not a number of ${parameter.unit} from ${parameter.min} to ${parameter.max}`,
            }),
          )
        : Effect.succeed([name, value] as const)
    }),
    (entries): Readonly<Record<string, bigint | number>> => Object.fromEntries(entries),
  )

const valueOf = ({ default: usual, min, max }: Parameter, text: string): bigint | number | undefined => {
  if (typeof usual === "bigint" ? !/^-?\d+$/.test(text) : !/^-?\d+(\.\d+)?(e-?\d+)?$/i.test(text)) return undefined
  const value = typeof usual === "bigint" ? BigInt(text) : Number(text)
  return value >= min && value <= max ? value : undefined
}
