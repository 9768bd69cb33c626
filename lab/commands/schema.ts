import { Effect, Schema } from "effect"
import { Command } from "effect/cli"
import { printJson } from "../print.ts"
import { ScenarioFile } from "../scenarioFile.ts"
import * as flags from "./flags.ts"

export const schema = Command.make(
  "schema",
  { json: flags.json },
  Effect.fn(function* () {
    yield* Effect.sync(() => printJson(scenarioJsonSchema()))
  }),
).pipe(Command.withDescription("Print the JSON Schema of scenario files, for editors"))

/** A file that `extends` another one may leave out whatever the other one has. */
export const scenarioJsonSchema = () => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(ScenarioFile, { onExcessProperty: "error" })
  const { required: _, properties, ...rest } = schema as { readonly required?: unknown; readonly properties: object }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "depinlab scenario",
    ...rest,
    properties: {
      extends: { type: "string", description: "Another scenario file, whose values stand where this one has none" },
      ...properties,
    },
    $defs: definitions,
  }
}
