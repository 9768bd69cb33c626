import { Effect, Schema } from "effect"
import { Argument, Command } from "effect/cli"
import { CalibrationFile } from "../calibration/calibrationFile.ts"
import { FaultFragment } from "../faultFragment.ts"
import { PresetReference } from "../emissionPreset.ts"
import { TableReference } from "../emissionTable.ts"
import { valueAt, withValueAt } from "../mapping.ts"
import { printJson } from "../print.ts"
import { providerPresetIds } from "../providerPreset.ts"
import { ScenarioFile } from "../scenarioFile.ts"
import { SweepFile } from "../sweep/sweepFile.ts"
import * as flags from "./flags.ts"

export const schema = Command.make(
  "schema",
  {
    of: Argument.Literals("kind", ["scenario", "sweep", "fragment", "calibration"]).pipe(
      Argument.withDescription("Kind of file: scenario (the default), sweep, fragment (of faults) or calibration"),
      Argument.withDefault("scenario"),
    ),
    json: flags.json,
  },
  Effect.fn(function* ({ of }) {
    yield* Effect.sync(() => printJson(jsonSchemas[of]()))
  }),
).pipe(
  Command.withDescription("Print the JSON Schema of scenario, sweep, fragment or calibration files, for editors"),
  Command.withExamples([{ command: "lab schema calibration", description: "The schema of the files that lab calibrate reads" }]),
)

const dialect = "https://json-schema.org/draft/2020-12/schema"
interface AgentForm {
  readonly properties: Readonly<Record<string, { readonly enum?: ReadonlyArray<unknown> }>>
}

const isProvider = ({ properties }: AgentForm): boolean => properties["kind"]?.enum?.includes("provider") ?? false

/** A group of providers that leaves the rest to a preset. */
const byPreset = (form: AgentForm) => ({
  ...form,
  properties: { ...form.properties, preset: { type: "string", enum: providerPresetIds(), description: "A kind of owner of hardware" } },
  required: ["kind", "id", "count", "preset"],
})

const agentsPlace = ["agents", "items"]
const emissionsPlace = ["protocols", "properties", "emissions"]

/** A file that `extends` another one may leave out whatever the other one has, and names emissions in two more ways than a scenario that was read. */
export const scenarioJsonSchema = () => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(ScenarioFile, { onExcessProperty: "error" })
  const { required: _, properties, ...rest } = schema as { readonly required?: unknown; readonly properties: object }
  const kinds = valueAt(properties, emissionsPlace) as { readonly anyOf: ReadonlyArray<unknown> }
  const agents = valueAt(properties, agentsPlace) as { readonly anyOf: ReadonlyArray<AgentForm> }
  const forms = [PresetReference, TableReference].map((form) => Schema.toJsonSchemaDocument(form).schema)
  return {
    $schema: dialect,
    title: "depinlab scenario",
    ...rest,
    properties: {
      extends: { type: "string", description: "Another scenario file, whose values stand where this one has none" },
      ...(withValueAt(withValueAt(properties, emissionsPlace, { anyOf: [...kinds.anyOf, ...forms] }), agentsPlace, {
        anyOf: agents.anyOf.flatMap((form) => (isProvider(form) ? [form, byPreset(form)] : [form])),
      }) as object),
    },
    $defs: definitions,
  }
}

export const calibrationJsonSchema = () => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(CalibrationFile, { onExcessProperty: "error" })
  return { $schema: dialect, title: "depinlab calibration", ...schema, $defs: definitions }
}

export const fragmentJsonSchema = () => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(FaultFragment, { onExcessProperty: "error" })
  return { $schema: dialect, title: "depinlab fragment of faults", ...schema, $defs: definitions }
}

export const sweepJsonSchema = () => {
  const { schema, definitions } = Schema.toJsonSchemaDocument(SweepFile, { onExcessProperty: "error" })
  return { $schema: dialect, title: "depinlab sweep", ...schema, $defs: definitions }
}

const jsonSchemas = {
  scenario: scenarioJsonSchema,
  sweep: sweepJsonSchema,
  fragment: fragmentJsonSchema,
  calibration: calibrationJsonSchema,
}
